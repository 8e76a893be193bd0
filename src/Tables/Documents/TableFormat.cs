namespace TopicGrpc.Tables.Documents;

/// <summary>Format of a table of documents.</summary>
internal enum TableFormat
{
    /// <summary>Parquet.</summary>
    Parquet,

    /// <summary>Arrow IPC, as a stream or as a file.</summary>
    Arrow,
}
