"""The readers that tools/readers.py runs, one entry for each.

An entry has the packages or the program, a format of the release, and the few lines that read
one table of it. Not here: how readers are run and judged (readers.py).
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Reader:
    """A program that reads the release in one format.

    Parameters
    ----------
    name
        The name of the program.
    language
        The language of the code that calls it.
    call
        The call or the options, as the page shows them.
    code
        Lines that define `read(table)`.
    packages
        What has to be installed for it: packages of pip or npm, or commands of this machine.
    converts
        Whether it converts text to text, so that a number that arrives as text is not a loss.
    """

    name: str
    language: Literal["python", "node", "r"]
    call: str
    code: str
    packages: tuple[str, ...] = ()
    converts: bool = False


CSV = 'f"{folder}/data/processed/{table}.csv"'
PARQUET = CSV.replace(".csv", ".parquet")
RECORDS = 'astype(object).to_dict("records")'


def python(name: str, call: str, expression: str, *packages: str, setup: str = "") -> Reader:
    """Return the entry of a Python library; `expression` gives the rows of a table as dicts."""
    code = f"{setup}\ndef read(table):\n    return {expression}\n"
    return Reader(name, "python", call, code, packages)


def converter(name: str, call: str, command: str, result: str, setup: str = "pass") -> Reader:
    """Return the entry of a program that writes CSV: its command, and the file that it writes."""
    code = f"""
import csv, os, subprocess, tempfile
out = tempfile.mkdtemp()
{setup}
def read(table):
    subprocess.run({command}, check=True, capture_output=True)
    with open({result}, encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            yield {{key: value or None for key, value in row.items()}}
"""
    return Reader(name, "python", call, code, (f"command:{command.split(chr(34))[1]}",), True)


_HF = """
import os
os.environ |= {"HF_HOME": folder + "/hf", "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"}
import datasets
datasets.disable_progress_bars()
"""
_SPARK = """
import os
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
from pyspark.sql import SparkSession
spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
spark.sparkContext.setLogLevel("OFF")
"""
_SHEET = """
import openpyxl, glob
book = openpyxl.load_workbook(glob.glob(folder + "/*.xlsx")[0])
def sheet(rows):
    head, *rows = rows
    return [dict(zip(head, row)) for row in rows]
"""
_DB = "import glob\nfile = glob.glob(folder + '/*.{}')[0]\n"
ZIPPED = 'f"data/processed/{table}.csv"'
_ZIP = "import glob\narchive = glob.glob(folder + '/*-csv.zip')[0]\n"
_NODE = 'const fs = require("fs"), csvFile = t => `${folder}/data/processed/${t}.csv`;\n'

READERS = (
    python(
        "pandas",
        "read_csv(path)",
        f"pd.read_csv({CSV}).{RECORDS}",
        "pandas",
        setup="import pandas as pd",
    ),
    python(
        "pandas",
        'read_csv(…, keep_default_na=False, na_values=[""], dtype_backend="numpy_nullable")',
        f'pd.read_csv({CSV}, keep_default_na=False, na_values=[""], '
        f'dtype_backend="numpy_nullable").{RECORDS}',
        "pandas",
        setup="import pandas as pd",
    ),
    python(
        "pandas",
        "read_parquet(path)",
        f"pd.read_parquet({PARQUET}).{RECORDS}",
        "pandas",
        "pyarrow",
        setup="import pandas as pd",
    ),
    python(
        "fastparquet",
        "ParquetFile(path).to_pandas()",
        f"fp.ParquetFile({PARQUET}).to_pandas().{RECORDS}",
        "fastparquet",
        setup="import fastparquet as fp",
    ),
    python(
        "polars",
        "read_csv(path, try_parse_dates=True)",
        f"pl.read_csv({CSV}, try_parse_dates=True, infer_schema_length=None).to_dicts()",
        "polars",
        setup="import polars as pl",
    ),
    python(
        "polars",
        "read_parquet(path)",
        f"pl.read_parquet({PARQUET}).to_dicts()",
        "polars",
        setup="import polars as pl",
    ),
    python(
        "pyarrow",
        "csv.read_csv(path)",
        f"pc.read_csv({CSV}).to_pylist()",
        "pyarrow",
        setup="import pyarrow.csv as pc",
    ),
    python(
        "pyarrow",
        "csv.read_csv(…, strings_can_be_null=True, quoted_strings_can_be_null=True)",
        f"pc.read_csv({CSV}, convert_options=pc.ConvertOptions(null_values=[''], "
        "strings_can_be_null=True)).to_pylist()",
        "pyarrow",
        setup="import pyarrow.csv as pc",
    ),
    python(
        "pyarrow",
        "parquet.read_table(path)",
        f"pq.read_table({PARQUET}).to_pylist()",
        "pyarrow",
        setup="import pyarrow.parquet as pq",
    ),
    *(
        python(
            "DuckDB",
            f"from '{form}'",
            f'(c := duckdb.sql("from \'" + {path} + "\'")) and '
            "[dict(zip(c.columns, row)) for row in c.fetchall()]",
            "duckdb",
            setup="import duckdb",
        )
        for form, path in (("table.csv", CSV), ("table.parquet", PARQUET))
    ),
    *(
        python(
            f"DuckDB {version}".strip(),
            "the .duckdb file",
            "(c := db.execute(f'from \"{table}\"')) and "
            "[dict(zip([d[0] for d in c.description], row)) for row in c.fetchall()]",
            package,
            setup=_DB.format("duckdb") + "import duckdb\ndb = duckdb.connect(file, read_only=True)",
        )
        for version, package in (("1.2", "duckdb==1.2.0"), ("", "duckdb"))
    ),
    python(
        "sqlite3",
        "the .sqlite file, Python's own",
        "map(dict, db.execute(f'select * from \"{table}\"'))",
        setup=_DB.format("sqlite") + "import sqlite3\ndb = sqlite3.connect(file)\n"
        "db.row_factory = sqlite3.Row",
    ),
    python(
        "frictionless",
        "Package('datapackage.json')",
        "[row.to_dict() for row in package.get_resource(table).read_rows()]",
        "frictionless",
        setup="import frictionless\npackage = frictionless.Package(folder + '/datapackage.json')",
    ),
    python(
        "frictionless",
        "Resource('table.parquet'), with frictionless[parquet] and pandas",
        f"[row.to_dict() for row in frictionless.Resource({ZIPPED.replace('csv', 'parquet')}, "
        "basepath=folder).read_rows()]",
        "frictionless[parquet]",
        "pandas",
        setup="import frictionless",
    ),
    python(
        "csvw",
        "TableGroup.from_file('schemas/csv-metadata.json')",
        "group[table]",
        "csvw",
        setup="import csvw\ng = csvw.TableGroup.from_file(folder + "
        "'/schemas/csv-metadata.json')\n"
        "group = {str(t.url).split('/')[-1][:-4]: t for t in g.tables}",
    ),
    python(
        "mlcroissant",
        "Dataset('schemas/croissant.json').records(table)",
        "({k.split('/')[1]: v for k, v in row.items()} for row in data.records(table))",
        "mlcroissant",
        "pandas",
        setup="import mlcroissant\ndata = mlcroissant.Dataset(folder + '/schemas/croissant.json')",
    ),
    python(
        "Hugging Face datasets",
        "load_dataset(folder, table), by the card",
        "datasets.load_dataset(folder, table, split='train').to_list()",
        "datasets",
        setup=_HF,
    ),
    python(
        "Hugging Face datasets",
        "load_dataset('csv', data_files='zip://data/processed/table.csv::….zip')",
        "datasets.load_dataset('csv', data_files='zip://' + "
        f"{ZIPPED} + '::' + archive, split='train').to_list()",
        "datasets",
        # If it is offline, it takes the address of a zip member for a network address.
        setup=_HF.replace(', "HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1"', "") + _ZIP,
    ),
    python(
        "petl",
        "fromcsv(path)",
        f"petl.dicts(petl.fromcsv({CSV}, encoding='utf-8'))",
        "petl",
        setup="import petl",
    ),
    python(
        "tablib",
        "Dataset().load(file)",
        f"tablib.Dataset().load(open({CSV}, encoding='utf-8'), format='csv').dict",
        "tablib",
        setup="import tablib",
    ),
    python(
        "agate (csvkit)",
        "Table.from_csv(path)",
        f"[dict(row) for row in agate.Table.from_csv({CSV}).rows]",
        "agate",
        setup="import agate",
    ),
    python(
        "csvkit",
        'csvjson --blanks --null-value "" --no-inference',
        "json.loads(subprocess.run([sys.executable, '-m', 'csvkit.utilities.csvjson', "
        f"'--blanks', '--null-value', '', '-I', {CSV}], check=True, capture_output=True).stdout)",
        "csvkit",
        setup="import subprocess",
    ),
    python(
        "sqlite-utils",
        "insert --csv",
        f"(subprocess.run([sys.executable, '-m', 'sqlite_utils', 'insert', out, table, {CSV}, "
        "'--csv'], check=True, capture_output=True), "
        "sqlite_utils.Database(out)[table].rows)[1]",
        "sqlite-utils",
        setup="import subprocess, sqlite_utils, tempfile\nout = tempfile.mkdtemp() + '/out.sqlite'",
    ),
    python(
        "daft", "read_csv(path)", f"daft.read_csv({CSV}).to_pylist()", "daft", setup="import daft"
    ),
    python(
        "daft",
        "read_parquet(path)",
        f"daft.read_parquet({PARQUET}).to_pylist()",
        "daft",
        setup="import daft",
    ),
    python(
        "DataFusion",
        "read_parquet(path)",
        f"SessionContext().read_parquet({PARQUET}).to_pylist()",
        "datafusion",
        "pyarrow",
        setup="from datafusion import SessionContext",
    ),
    python(
        "Dask",
        "read_parquet(path)",
        f"dd.read_parquet({PARQUET}).compute().{RECORDS}",
        "dask[dataframe]",
        setup="import dask.dataframe as dd",
    ),
    python(
        "Spark",
        "read.csv(path, header=True)",
        f"[r.asDict() for r in spark.read.csv({CSV}, header=True).collect()]",
        "pyspark",
        setup=_SPARK,
    ),
    python(
        "Spark",
        "read.csv(path, header=True, multiLine=True, escape='\"')",
        f"[r.asDict() for r in spark.read.csv({CSV}, header=True, multiLine=True, "
        "escape='\"').collect()]",
        "pyspark",
        setup=_SPARK,
    ),
    python(
        "Spark",
        "read.parquet(path)",
        f"[r.asDict() for r in spark.read.parquet({PARQUET}).collect()]",
        "pyspark",
        setup=_SPARK,
    ),
    python(
        "openpyxl",
        "load_workbook(path)[table]",
        "sheet(book[table].values)",
        "openpyxl",
        setup=_SHEET,
    ),
    python(
        "pandas",
        'read_excel(path, table, keep_default_na=False, na_values=[""])',
        'pd.read_excel(book, table, keep_default_na=False, na_values=[""]).' + RECORDS,
        "pandas",
        "openpyxl",
        setup="import glob\nimport pandas as pd\nbook = glob.glob(folder + '/*.xlsx')[0]",
    ),
    python(
        "polars",
        "read_excel(path, sheet_name=table, infer_schema_length=None)",
        "pl.read_excel(book, sheet_name=table, infer_schema_length=None).to_dicts()",
        "polars",
        "fastexcel",
        setup="import glob\nimport polars as pl\nbook = glob.glob(folder + '/*.xlsx')[0]",
    ),
    python(
        "python-calamine",
        "load_workbook(path)",
        "sheet([[None if c == '' else c for c in row] "
        "for row in book.get_sheet_by_name(table).to_python()])",
        "python-calamine",
        "openpyxl",
        setup=_SHEET + "import python_calamine\nbook = python_calamine.load_workbook("
        "glob.glob(folder + '/*.xlsx')[0])",
    ),
    python(
        "pandas",
        "read_json(path, lines=True, dtype=False)",
        "pd.read_json(f'{folder}/jsonl/{table}.jsonl', lines=True, dtype=False, "
        f"convert_dates=False).{RECORDS}",
        "pandas",
        setup="import pandas as pd",
    ),
    python(
        "polars",
        "read_ndjson(path, infer_schema_length=None)",
        "pl.read_ndjson(f'{folder}/jsonl/{table}.jsonl', infer_schema_length=None).to_dicts()",
        "polars",
        setup="import polars as pl",
    ),
    python(
        "DuckDB",
        "read_json(path, sample_size = -1)",
        "(c := duckdb.sql(f\"from read_json('{folder}/jsonl/{table}.jsonl', sample_size = -1)\")) "
        "and [dict(zip(c.columns, row)) for row in c.fetchall()]",
        "duckdb",
        setup="import duckdb",
    ),
    Reader(
        "csv-parse",
        "node",
        "parse(text, {columns: true})",
        _NODE + 'const { parse } = require("csv-parse/sync");\n'
        "const read = t => parse(fs.readFileSync(csvFile(t)), { columns: true });",
        ("csv-parse",),
    ),
    Reader(
        "Papa Parse",
        "node",
        "parse(text, {header: true, dynamicTyping: true})",
        _NODE + 'const papa = require("papaparse");\n'
        "const options = { header: true, dynamicTyping: true, skipEmptyLines: true };\n"
        'const read = t => papa.parse(fs.readFileSync(csvFile(t), "utf8"), options).data;',
        ("papaparse",),
    ),
    Reader(
        "datapackage (npm)",
        "node",
        "Package.load(…).getResource(t).read({keyed: true})",
        'const { Package } = require("datapackage");\n'
        "const read = async t => (await Package.load(`${folder}/datapackage.json`, "
        "{ unsafe: true })).getResource(t).read({ keyed: true });",
        ("datapackage",),
    ),
    Reader(
        "hyparquet",
        "node",
        "parquetReadObjects({file})",
        "const read = async t => { const h = await import('hyparquet');\n"
        "const file = await h.asyncBufferFromFile(`${folder}/data/processed/${t}.parquet`);\n"
        "return h.parquetReadObjects({ file }); };",
        ("hyparquet",),
    ),
    Reader(
        "parquetjs (@dsnp)",
        "node",
        "ParquetReader.openFile(path)",
        'const { ParquetReader } = require("@dsnp/parquetjs");\nconst read = async t => {\n'
        "const r = await ParquetReader.openFile(`${folder}/data/processed/${t}.parquet`);\n"
        "const rows = []; for await (const row of r) rows.push(row); return rows; };",
        ("@dsnp/parquetjs@1.8.8",),
    ),
    Reader(
        "DuckDB (Node)",
        "node",
        "the .duckdb file, getRowObjectsJS()",
        'const { DuckDBInstance } = require("@duckdb/node-api");\n'
        'const file = require("fs").readdirSync(folder).find(n => n.endsWith(".duckdb"));\n'
        "const read = async t => { const i = await DuckDBInstance.create(`${folder}/${file}`,\n"
        '{ access_mode: "READ_ONLY" }); const c = await i.connect();\n'
        'return (await c.runAndReadAll(`from "${t}"`)).getRowObjectsJS(); };',
        ("@duckdb/node-api",),
    ),
    Reader(
        "sql.js",
        "node",
        "the .sqlite file",
        'const fs = require("fs"), name = fs.readdirSync(folder).find(n => n.endsWith(".sqlite"));\n'
        'const open = require("sql.js")().then(s => new s.Database(fs.readFileSync('
        "`${folder}/${name}`)));\n"
        'const read = async t => { const [r] = (await open).exec(`select * from "${t}"`);\n'
        "return r.values.map(v => Object.fromEntries(r.columns.map((c, i) => [c, v[i]]))); };",
        ("sql.js",),
    ),
    Reader(
        "ExcelJS",
        "node",
        "workbook.xlsx.readFile(path)",
        'const file = require("fs").readdirSync(folder).find(n => n.endsWith(".xlsx"));\n'
        'const book = new (require("exceljs").Workbook)();\n'
        "const open = book.xlsx.readFile(`${folder}/${file}`);\n"
        "const read = async t => { await open; const rows = [];\n"
        "book.getWorksheet(t).eachRow(r => rows.push(r.values.slice(1)));\n"
        "const text = v => (v && v.hyperlink ? v.text : v), [head, ...rest] = rows;\n"
        "return rest.map(r => Object.fromEntries(head.map((c, i) => [c, text(r[i])]))); };",
        ("exceljs",),
    ),
    *(
        Reader(
            "SheetJS",
            "node",
            f"sheet_to_json(sheet, {{raw: {raw}, defval: null}})",
            'const xlsx = require("xlsx");\n'
            'const file = require("fs").readdirSync(folder).find(n => n.endsWith(".xlsx"));\n'
            f"const book = xlsx.readFile(`${{folder}}/${{file}}`, {{ cellDates: {raw} }});\n"
            f"const options = {{ raw: {raw}, defval: null }};\n"
            "const read = t => xlsx.utils.sheet_to_json(book.Sheets[t], options);",
            ("xlsx",),
        )
        for raw in ("true", "false")
    ),
    Reader(
        "R readr",
        "r",
        'read_csv(path, na = "")',
        'read <- function(table) readr::read_csv(file.path(folder, "data/processed", '
        'paste0(table, ".csv")), na = "", guess_max = Inf, show_col_types = FALSE, '
        "progress = FALSE)",
        ("command:Rscript", "r:readr"),
    ),
    Reader(
        "R data.table",
        "r",
        'fread(path, na.strings = "", encoding = "UTF-8")',
        'read <- function(table) data.table::fread(file.path(folder, "data/processed", '
        'paste0(table, ".csv")), na.strings = "", encoding = "UTF-8")',
        ("command:Rscript", "r:data.table"),
    ),
    Reader(
        "R (base)",
        "r",
        'read.csv(path, na.strings = "", encoding = "UTF-8")',
        'read <- function(table) read.csv(file.path(folder, "data/processed", '
        'paste0(table, ".csv")), na.strings = "", encoding = "UTF-8", check.names = FALSE)',
        ("command:Rscript", "r:utils"),
    ),
    Reader(
        "R jsonlite",
        "r",
        "stream_in(file(path))",
        'read <- function(table) jsonlite::stream_in(file(file.path(folder, "jsonl", '
        'paste0(table, ".jsonl"))), verbose = FALSE)',
        ("command:Rscript", "r:jsonlite"),
    ),
    Reader(
        "R RSQLite",
        "r",
        "dbReadTable(db, table)",
        'db <- DBI::dbConnect(RSQLite::SQLite(), Sys.glob(file.path(folder, "*.sqlite")))\n'
        "read <- function(table) DBI::dbReadTable(db, table)",
        ("command:Rscript", "r:RSQLite"),
    ),
    Reader(
        "R readxl",
        "r",
        "read_excel(path, table, guess_max = Inf)",
        'book <- Sys.glob(file.path(folder, "*.xlsx"))\n'
        "read <- function(table) readxl::read_excel(book, table, guess_max = Inf, trim_ws = FALSE)",
        ("command:Rscript", "r:readxl"),
    ),
    converter(
        "LibreOffice",
        "--infilter=CSV:44,34,76,1,1/2/2/2/…,0,false,false",
        '["soffice", "--headless", "-env:UserInstallation=file://" + out + "/profile", '
        '"--infilter=CSV:44,34,76,1," + "/".join(f"{n}/2" for n in range(1, 25)) + ",0,false,false",'
        ' "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false", "--outdir", '
        f"out, {CSV}]",
        'f"{out}/{table}.csv"',
    ),
    converter(
        "GDAL",
        "ogr2ogr -f CSV out.csv table.csv -oo EMPTY_STRING_AS_NULL=YES",
        f'["ogr2ogr", "-f", "CSV", f"{{out}}/{{table}}.csv", {CSV}, "-oo", '
        '"EMPTY_STRING_AS_NULL=YES"]',
        'f"{out}/{table}.csv"',
    ),
    converter(
        "GDAL",
        "ogr2ogr -f CSV out.csv /vsizip/….zip/data/processed/table.csv",
        '["ogr2ogr", "-f", "CSV", f"{out}/{table}.csv", f"/vsizip/{archive}/" + '
        f'{ZIPPED}, "-oo", "EMPTY_STRING_AS_NULL=YES"]',
        'f"{out}/{table}.csv"',
        _ZIP,
    ),
    converter(
        "GDAL",
        "ogr2ogr --config OGR_XLSX_HEADERS FORCE -f CSV out.csv ….xlsx table",
        '["ogr2ogr", "--config", "OGR_XLSX_HEADERS", "FORCE", "-f", "CSV", f"{out}/{table}.csv", '
        "book, table]",
        'f"{out}/{table}.csv"',
        "import glob\nbook = glob.glob(folder + '/*.xlsx')[0]",
    ),
    converter(
        "Gnumeric",
        "ssconvert -S -T Gnumeric_stf:stf_assistant -O format=preserve",
        '["ssconvert", "--version"]',
        'f"{out}/{table}.csv"',
        "import glob\nbook = glob.glob(folder + '/*.xlsx')[0]\n"
        "how = ['-S', '-T', 'Gnumeric_stf:stf_assistant', '-O', 'format=preserve']\n"
        "subprocess.run(['ssconvert', *how, book, out + '/%s.csv'], capture_output=True)",
    ),
)
