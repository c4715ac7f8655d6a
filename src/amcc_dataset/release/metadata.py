"""Metadata for search engines, machine-learning tools and CSVW readers.

`schema_org` describes the dataset in the vocabulary of schema.org. `croissant` adds how files
become records with typed and linked fields, in Croissant 1.0. `csvw` describes the CSV files as
CSV on the Web. All are computed from the Data Package descriptor only. The release has them in
schemas/, and their paths lead from there to the files. Not here: any fact about the dataset
(render.py, model/tables.py).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from amcc_dataset.model.bibliography import citation

Node = dict[str, Any]

_UP = "../"
_TYPES = {"integer": "sc:Integer", "date": "sc:Date", "string": "sc:Text"}

_PARQUET = "application/x-parquet"
"""The media type by which readers of Croissant know Parquet; they do not know the registered one."""

_CROISSANT = "http://mlcommons.org/croissant/"
_WORDS = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileObject"),
    *("fileProperty", "fileSet", "format", "includes", "isLiveDataset", "jsonPath", "key", "md5"),
    *("parentField", "path", "recordSet", "references", "regex", "repeated", "replace"),
    *("samplingRate", "separator", "source", "subField", "transform"),
)
_CONTEXT: Node = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": _CROISSANT,
    "dct": "http://purl.org/dc/terms/",
    "rai": f"{_CROISSANT}RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{word: f"cr:{word}" for word in _WORDS},
}
"""The context that the specification of Croissant 1.0 prescribes."""

_LINK: Node = {"@type": "@id"}
_SCHEMA_ORG: Node = {
    "@vocab": "https://schema.org/",
    **dict.fromkeys(("contentUrl", "isBasedOn", "license", "url"), _LINK),
    "datePublished": {"@type": "Date"},
}
"""The part of schema.org's own context that is needed here, so that no network is needed."""


def schema_org(descriptor: Mapping[str, Any]) -> Node:
    """Return the description of the dataset for schema.org, in JSON-LD."""
    return {
        "@context": _SCHEMA_ORG,
        "@type": "Dataset",
        **_dataset(descriptor),
        "identifier": descriptor["id"],
        "creditText": citation(descriptor),
        "variableMeasured": [
            {
                "@type": "PropertyValue",
                "name": f"{resource['name']}.{field['name']}",
                "description": field["description"],
            }
            for resource in _tables(descriptor)
            for field in resource["schema"]["fields"]
        ],
        "distribution": [
            {"@type": "DataDownload", **_file(resource)} for resource in descriptor["resources"]
        ],
    }


def croissant(descriptor: Mapping[str, Any]) -> Node:
    """Return the description in Croissant: files with their digests, records with their fields."""
    sources = {resource["name"]: _name(resource) for resource in _tables(descriptor)}
    files = [
        {
            "@type": "cr:FileObject",
            "@id": _name(resource),
            **_file(resource),
            **({"encodingFormat": _PARQUET} if resource["format"] == "parquet" else {}),
            "sha256": resource["hash"].removeprefix("sha256:"),
        }
        for resource in descriptor["resources"]
    ]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": f"{_CROISSANT}1.0",
        "citeAs": citation(descriptor),
        **_dataset(descriptor),
        "distribution": files,
        "recordSet": [_records(resource, sources) for resource in _tables(descriptor)],
    }


def csvw(descriptor: Mapping[str, Any]) -> Node:
    """Return the description of the CSV files for CSV on the Web: columns, types, keys."""
    urls = {resource["name"]: _UP + resource["path"] for resource in _tables(descriptor)}
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:identifier": descriptor["id"],
        "dc:title": descriptor["title"],
        "dc:description": descriptor["description"],
        "dc:license": {"@id": descriptor["licenses"][0]["path"]},
        "dc:issued": descriptor["created"][:10],
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\n"], "header": True},
        "tables": [
            {
                "url": urls[resource["name"]],
                "dc:title": resource["title"],
                "dc:description": resource["description"],
                "tableSchema": _csvw_schema(resource, urls),
            }
            for resource in _tables(descriptor)
        ],
    }


def _csvw_schema(resource: Mapping[str, Any], urls: Mapping[str, str]) -> Node:
    schema, own = resource["schema"], resource["name"]
    keys = [
        {
            "columnReference": key["fields"],
            "reference": {
                "resource": urls[key["reference"].get("resource", own)],
                "columnReference": key["reference"]["fields"],
            },
        }
        for key in schema.get("foreignKeys", [])
    ]
    return {
        "columns": [_csvw_column(field) for field in schema["fields"]],
        "primaryKey": schema["primaryKey"],
        **({"foreignKeys": keys} if keys else {}),
    }


def _csvw_column(field: Mapping[str, Any]) -> Node:
    rules = field["constraints"]
    datatype = {"base": field["type"]}
    if "enum" in rules:
        datatype["format"] = f"^({'|'.join(rules['enum'])})$"
    elif "pattern" in rules:
        datatype["format"] = rules["pattern"]
    bounds = ("minLength", "maxLength", "minimum", "maximum")
    datatype |= {word: rules[word] for word in bounds if word in rules}
    return {
        "name": field["name"],
        "titles": field["name"],
        "dc:description": field["description"],
        "datatype": datatype,
        "required": rules.get("required", False),
    }


def _tables(descriptor: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (resource for resource in descriptor["resources"] if "schema" in resource)


def _dataset(descriptor: Mapping[str, Any]) -> Node:
    (creator,) = descriptor["contributors"]
    return {
        "name": descriptor["name"],
        "alternateName": descriptor["title"],
        # There is no page on the web yet; the descriptor leads to everything else.
        "url": f"{_UP}datapackage.json",
        "description": descriptor["description"],
        "version": descriptor["version"],
        "datePublished": descriptor["created"][:10],
        "license": descriptor["licenses"][0]["path"],
        "creator": {"@type": "Organization", "name": creator["title"]},
        "keywords": descriptor["keywords"],
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "isBasedOn": [source["path"] for source in descriptor["sources"]],
    }


def _name(resource: Mapping[str, Any]) -> str:
    """Return the name of a file, by which records refer to it."""
    path: str = resource["path"]
    return path.rpartition("/")[2]


def _file(resource: Mapping[str, Any]) -> Node:
    size = {"contentSize": f"{resource['bytes']} B"} if "bytes" in resource else {}
    return {
        "name": _name(resource),
        "description": resource.get("description", resource["title"]),
        "contentUrl": _UP + resource["path"],
        "encodingFormat": resource["mediatype"],
        **size,
    }


def _records(resource: Mapping[str, Any], files: Mapping[str, str]) -> Node:
    """Return a table as a set of records; `files` are the names of the files of all tables.

    A reference names the file of the other table, not its field: readers that join tables could
    otherwise not follow a chain of tables, or a table that refers to itself.
    """
    name, schema = resource["name"], resource["schema"]
    targets = {
        key["fields"][0]: (key["reference"].get("resource", name), key["reference"]["fields"][0])
        for key in schema.get("foreignKeys", [])
    }

    def column(file: str, name: str) -> Node:
        return {"fileObject": {"@id": file}, "extract": {"column": name}}

    def field(described: Mapping[str, Any]) -> Node:
        node: Node = {
            "@type": "cr:Field",
            "@id": f"{name}/{described['name']}",
            "name": described["name"],
            "description": described["description"],
            "dataType": _TYPES[described["type"]],
            "source": column(_name(resource), described["name"]),
        }
        if described["name"] in targets:
            table, key = targets[described["name"]]
            node["references"] = column(files[table], key)
        return node

    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{resource['title']}. {resource['description']}",
        "key": [{"@id": f"{name}/{key}"} for key in schema["primaryKey"]],
        "field": [field(described) for described in schema["fields"]],
    }
