namespace TopicGrpc.Tables.Values;

/// <summary>
/// Bounds of what one reading of a table keeps in memory. A file states sizes before it has the bytes, so every stated size is compared
/// with these bounds before memory is allocated.
/// </summary>
internal sealed record TableLimits
{
    /// <summary>Most bytes of all buffers together: decompressed pages of the open columns, or one record batch. Default 1 GiB.</summary>
    public long BufferBytes { get; init; } = 1L << 30;

    /// <summary>
    /// Most bytes of a dictionary of a column. Default 64 MiB. Common writers stop at 1 MiB; a dictionary is decoded as a whole.
    /// </summary>
    public int DictionaryBytes { get; init; } = 64 << 20;

    /// <summary>Most bytes of the description of a file: schema, places of the columns. Default 64 MiB.</summary>
    public int MetadataBytes { get; init; } = 64 << 20;

    /// <summary>Most columns of a file. Default 20,000.</summary>
    public int Columns { get; init; } = 20_000;

    /// <summary>Most bytes of one text. Default 16 MiB, as of a line of JSON.</summary>
    public int TextBytes { get; init; } = 16 << 20;

    /// <summary>Most numbers of one vector. Default 65,536.</summary>
    public int VectorLength { get; init; } = 65_536;
}
