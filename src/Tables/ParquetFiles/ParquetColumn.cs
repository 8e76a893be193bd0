namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>A column that can be read: its one leaf, and what the levels of its values mean.</summary>
internal sealed record ParquetColumn
{
    public required string Name { get; init; }

    /// <summary>Index of the leaf among all leaves of the file.</summary>
    public required int Leaf { get; init; }

    public required PhysicalType Type { get; init; }

    public required Annotation Annotation { get; init; }

    /// <summary>Bytes of a value of <see cref="PhysicalType.FixedBytes"/>.</summary>
    public required int TypeLength { get; init; }

    /// <summary>Digits behind the point of a decimal.</summary>
    public required int Scale { get; init; }

    /// <summary>Definition level of a value that is not null.</summary>
    public required int MaxDefinition { get; init; }

    /// <summary>Definition level of the elements of a list; 0 for a column that is no list.</summary>
    public required int ElementDefinition { get; init; }

    public bool IsList => ElementDefinition > 0;

    /// <summary>Bytes of a value in the plain encoding.</summary>
    public int Width => Type switch
    {
        PhysicalType.Int32 or PhysicalType.Float => sizeof(int),
        PhysicalType.Int64 or PhysicalType.Double => sizeof(long),
        PhysicalType.Int96 => 12,
        _ => TypeLength,
    };

    /// <summary>Whether a value fits the bits of a <see cref="RawValue"/>.</summary>
    public bool IsNumber => Type is PhysicalType.Boolean or PhysicalType.Int32 or PhysicalType.Int64 or PhysicalType.Float
        or PhysicalType.Double;
}
