namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Kinds of pages; the numbers are those of the format.</summary>
internal enum PageKind
{
    Data = 0,
    Index = 1,
    Dictionary = 2,
    DataSecondVersion = 3,
}
