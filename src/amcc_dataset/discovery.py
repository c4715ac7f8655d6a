"""What search engines and machine-learning tools read of a release: derived, never typed in.

`schema_org` says in the words of schema.org what the dataset is, `croissant` adds, in
Croissant 1.0, how its files become records with typed and linked fields. Both are pure
functions of the Data Package descriptor and stand in schemas/ of the release, from where
their paths lead to the files. Not in here: any fact about the dataset (tree.py, schema.py).
"""

from collections.abc import Iterator, Mapping
from typing import Any

from amcc_dataset.archive import DESCRIPTOR

Node = dict[str, Any]

FILES = ("schemas/dataset.jsonld", "schemas/croissant.json")
"""Where the two stand in the release tree."""

_UP = "../"
_TYPES = {"integer": "sc:Integer", "date": "sc:Date", "string": "sc:Text"}

# As the Croissant format specification, version 1.0, gives it.
_CONTEXT: Node = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataBiases": "cr:dataBiases",
    "dataCollection": "cr:dataCollection",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "personalSensitiveInformation": "cr:personalSensitiveInformation",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
    "examples": {"@id": "cr:examples", "@type": "@json"},
}


def schema_org(descriptor: Mapping[str, Any]) -> Node:
    """Return the dataset as schema.org describes one, in JSON-LD."""
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        **_dataset(descriptor),
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
    """Return the dataset in Croissant: files by their digest, records by their fields."""
    files = [
        {
            "@type": "cr:FileObject",
            "@id": resource["path"].rpartition("/")[2],
            **_file(resource),
            "sha256": resource["hash"].removeprefix("sha256:"),
        }
        for resource in descriptor["resources"]
    ]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        **_dataset(descriptor),
        "distribution": files,
        "recordSet": [_records(resource) for resource in _tables(descriptor)],
    }


def _tables(descriptor: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    return (resource for resource in descriptor["resources"] if "schema" in resource)


def _dataset(descriptor: Mapping[str, Any]) -> Node:
    (creator,) = descriptor["contributors"]
    return {
        "name": descriptor["name"],
        "alternateName": descriptor["title"],
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


def _file(resource: Mapping[str, Any]) -> Node:
    size = {"contentSize": f"{resource['bytes']} B"} if "bytes" in resource else {}
    return {
        "name": resource["path"].rpartition("/")[2],
        "description": resource.get("description", resource["title"]),
        "contentUrl": _UP + resource["path"],
        "encodingFormat": resource["mediatype"],
        **size,
    }


def _records(resource: Mapping[str, Any]) -> Node:
    name, schema = resource["name"], resource["schema"]
    targets = {
        key["fields"][0]: f"{key['reference'].get('resource', name)}/{key['reference']['fields'][0]}"
        for key in schema.get("foreignKeys", [])
    }

    def field(column: Mapping[str, Any]) -> Node:
        node: Node = {
            "@type": "cr:Field",
            "@id": f"{name}/{column['name']}",
            "name": column["name"],
            "description": column["description"],
            "dataType": _TYPES[column["type"]],
            "source": {
                "fileObject": {"@id": resource["path"].rpartition("/")[2]},
                "extract": {"column": column["name"]},
            },
        }
        if column["name"] in targets:
            node["references"] = {"field": {"@id": targets[column["name"]]}}
        return node

    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{resource['title']}. {resource['description']}",
        "key": [{"@id": f"{name}/{key}"} for key in schema["primaryKey"]],
        "field": [field(column) for column in schema["fields"]],
    }
