namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>A value as a page stores it: its bits, or its bytes inside the page.</summary>
internal struct RawValue
{
    /// <summary>Bits of a number or Boolean, sign-extended.</summary>
    public long Bits { get; set; }

    /// <summary>Bytes of a text or of a value of fixed length; valid until the next page.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }
}
