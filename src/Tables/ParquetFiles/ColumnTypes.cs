using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Kinds and names of the types of Parquet.</summary>
internal static class ColumnTypes
{
    public static ColumnKind KindOf(SchemaElement leaf) => (leaf.Type, leaf.Annotation) switch
    {
        (PhysicalType.Boolean, _) => ColumnKind.Boolean,
        (PhysicalType.Int32, Annotation.None or Annotation.Unsigned) => ColumnKind.Integer,
        (PhysicalType.Int64, Annotation.None or Annotation.Unsigned) => ColumnKind.Integer,
        (PhysicalType.Int32, Annotation.Date) => ColumnKind.Time,
        (PhysicalType.Int64, Annotation.Milliseconds or Annotation.Microseconds or Annotation.Nanoseconds) => ColumnKind.Time,
        (PhysicalType.Int96, _) => ColumnKind.Time,
        (PhysicalType.Float or PhysicalType.Double, _) => ColumnKind.Number,
        (PhysicalType.FixedBytes, Annotation.Half) when leaf.TypeLength == 2 => ColumnKind.Number,
        (PhysicalType.FixedBytes, Annotation.Uuid) when leaf.TypeLength == 16 => ColumnKind.Text,
        (PhysicalType.Bytes, Annotation.Text) => ColumnKind.Text,
        (PhysicalType.Bytes, Annotation.None) => ColumnKind.Binary,
        (PhysicalType.Int32 or PhysicalType.Int64, Annotation.Decimal) => ColumnKind.Text,
        (PhysicalType.Bytes, Annotation.Decimal) => ColumnKind.Text,
        (PhysicalType.FixedBytes, Annotation.Decimal) when leaf.TypeLength is > 0 and <= 64 => ColumnKind.Text,
        _ => ColumnKind.Other,
    };

    public static string NameOf(SchemaElement leaf) => leaf.Annotation switch
    {
        Annotation.Text => "string",
        Annotation.Unsigned => leaf.Type == PhysicalType.Int32 ? "uint32" : "uint64",
        Annotation.Decimal => "decimal",
        Annotation.Date => "date",
        Annotation.Milliseconds or Annotation.Microseconds or Annotation.Nanoseconds => "timestamp",
        Annotation.Uuid => "uuid",
        Annotation.Half => "float16",
        _ => leaf.Type switch
        {
            PhysicalType.Boolean => "boolean",
            PhysicalType.Int32 => "int32",
            PhysicalType.Int64 => "int64",
            PhysicalType.Int96 => "timestamp (int96)",
            PhysicalType.Float => "float",
            PhysicalType.Double => "double",
            PhysicalType.Bytes => "binary",
            _ => "fixed-length binary",
        },
    };
}
