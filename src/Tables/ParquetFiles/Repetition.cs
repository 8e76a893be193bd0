namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>How often a node of the schema occurs in its parent; the numbers are those of the format.</summary>
internal enum Repetition
{
    Required = 0,
    Optional = 1,
    Repeated = 2,
}
