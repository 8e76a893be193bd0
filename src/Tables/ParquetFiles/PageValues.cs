namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Decodes the values of one page, one at a time.</summary>
internal abstract class PageValues
{
    /// <summary>Reads the next value.</summary>
    /// <exception cref="InvalidDataException">The page has no further value, or is damaged.</exception>
    public abstract void Next(ref RawValue value);

    /// <summary>Creates the decoder of a page that has no dictionary.</summary>
    /// <param name="encoding">Encoding of the page.</param>
    /// <param name="leaf">Column of the page.</param>
    /// <param name="data">The values.</param>
    /// <param name="count">Most values that the page has.</param>
    /// <exception cref="NotSupportedException">The encoding is unknown, or is not defined for the type.</exception>
    public static PageValues Create(PageEncoding encoding, ParquetColumn leaf, ReadOnlyMemory<byte> data, int count) =>
        (encoding, leaf.Type) switch
        {
            (PageEncoding.Plain, PhysicalType.Boolean) => new PlainBits(data),
            (PageEncoding.Plain, PhysicalType.Bytes) => new PlainBytes(data),
            (PageEncoding.Plain, _) => new PlainFixed(data, leaf.Width, leaf.IsNumber),
            (PageEncoding.RunLength, PhysicalType.Boolean) => RunLengthBits.Create(data),
            (PageEncoding.DeltaBinaryPacked, PhysicalType.Int32 or PhysicalType.Int64) => new DeltaValues(new DeltaNumbers(data, count)),
            (PageEncoding.DeltaLengthBytes, PhysicalType.Bytes) => new DeltaLengthBytes(data, count),
            (PageEncoding.DeltaBytes, PhysicalType.Bytes or PhysicalType.FixedBytes) => new DeltaBytes(data, count),
            (PageEncoding.ByteStreamSplit, not (PhysicalType.Boolean or PhysicalType.Bytes)) =>
                new SplitBytes(data, leaf.Width, leaf.IsNumber),
            _ => throw new NotSupportedException(),
        };
}
