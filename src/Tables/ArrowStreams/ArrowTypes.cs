using Apache.Arrow.Types;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ArrowStreams;

/// <summary>Kinds and names of the types of Arrow.</summary>
internal static class ArrowTypes
{
    public static ColumnKind KindOf(IArrowType type) => type switch
    {
        StringType or LargeStringType or StringViewType or NullType or Decimal128Type or Decimal256Type => ColumnKind.Text,
        BinaryType or LargeBinaryType or BinaryViewType => ColumnKind.Binary,
        BooleanType => ColumnKind.Boolean,
        Date32Type or Date64Type or TimestampType => ColumnKind.Time,
        FloatType or DoubleType or HalfFloatType => ColumnKind.Number,
        Int8Type or Int16Type or Int32Type or Int64Type or UInt8Type or UInt16Type or UInt32Type or UInt64Type => ColumnKind.Integer,
        DictionaryType dictionary => KindOf(dictionary.ValueType),
        FixedSizeListType list => KindOfList(list.ValueDataType),
        ListType list => KindOfList(list.ValueDataType),
        LargeListType list => KindOfList(list.ValueDataType),
        _ => ColumnKind.Other,
    };

    public static string NameOf(IArrowType type) => type switch
    {
        DictionaryType dictionary => $"dictionary of {NameOf(dictionary.ValueType)}",
        FixedSizeListType list => $"list of {NameOf(list.ValueDataType)}",
        ListType list => $"list of {NameOf(list.ValueDataType)}",
        LargeListType list => $"list of {NameOf(list.ValueDataType)}",
        _ => type.Name,
    };

    private static ColumnKind KindOfList(IArrowType element) =>
        element is not DictionaryType && KindOf(element) is ColumnKind.Number or ColumnKind.Integer ? ColumnKind.Vector : ColumnKind.Other;
}
