namespace TopicGrpc.Tables.Writing;

/// <summary>Format of a table that is written.</summary>
internal enum OutputFormat
{
    Parquet,
    Arrow,
    Csv,
    JsonLines,
}
