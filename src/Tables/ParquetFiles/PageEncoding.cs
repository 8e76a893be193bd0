namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Encoding of the values of a page; the numbers are those of the format.</summary>
internal enum PageEncoding
{
    Plain = 0,
    PlainDictionary = 2,
    RunLength = 3,
    DeltaBinaryPacked = 5,
    DeltaLengthBytes = 6,
    DeltaBytes = 7,
    RunLengthDictionary = 8,
    ByteStreamSplit = 9,
}
