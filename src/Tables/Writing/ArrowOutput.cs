using Apache.Arrow;
using Apache.Arrow.Types;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Writing;

/// <summary>Values of one column that wait for their record batch.</summary>
internal sealed class ArrowOutput
{
    private static readonly TimestampType Timestamp = new(TimeUnit.Microsecond, "UTC");

    private readonly ColumnKind _kind;
    private readonly List<TableValue> _values = [];

    public ArrowOutput(OutputColumn column)
    {
        _kind = column.Kind;
        IArrowType type = column.Kind switch
        {
            ColumnKind.Text => StringType.Default,
            ColumnKind.Integer => Int64Type.Default,
            ColumnKind.Number => DoubleType.Default,
            ColumnKind.Boolean => BooleanType.Default,
            ColumnKind.Time => Timestamp,
            ColumnKind.Vector => new ListType(FloatType.Default),
            ColumnKind.Texts => new ListType(StringType.Default),
            _ => throw new ArgumentException($"Columns of kind {column.Kind} cannot be written.", nameof(column)),
        };
        Field = new Field(column.Name, type, nullable: true);
    }

    public Field Field { get; }

    /// <summary>Adds the value of the next row.</summary>
    /// <returns>Bytes that the value takes, about.</returns>
    public int Add(TableValue value)
    {
        _values.Add(value);
        return value.Kind switch
        {
            ColumnKind.Text => 2 * value.AsText.Length,
            ColumnKind.Vector => sizeof(float) * value.AsVector.Length,
            ColumnKind.Texts => value.AsTexts.Sum(static text => 2 * text.Length),
            _ => 2 * sizeof(long),
        };
    }

    /// <summary>Returns the values as an array and forgets them.</summary>
    public IArrowArray Take()
    {
        IArrowArray array = _kind switch
        {
            ColumnKind.Text => Texts(),
            ColumnKind.Integer => Integers(),
            ColumnKind.Number => Numbers(),
            ColumnKind.Boolean => Booleans(),
            ColumnKind.Time => Times(),
            ColumnKind.Vector => Vectors(),
            _ => TextLists(),
        };
        _values.Clear();
        return array;
    }

    private StringArray Texts()
    {
        StringArray.Builder builder = new();
        Visit(() => builder.AppendNull(), value => builder.Append(value.AsText));
        return builder.Build();
    }

    private Int64Array Integers()
    {
        Int64Array.Builder builder = new();
        Visit(() => builder.AppendNull(), value => builder.Append(value.AsInteger));
        return builder.Build();
    }

    private DoubleArray Numbers()
    {
        DoubleArray.Builder builder = new();
        Visit(() => builder.AppendNull(), value => builder.Append(value.AsNumber));
        return builder.Build();
    }

    private BooleanArray Booleans()
    {
        BooleanArray.Builder builder = new();
        Visit(() => builder.AppendNull(), value => builder.Append(value.AsBoolean));
        return builder.Build();
    }

    private TimestampArray Times()
    {
        TimestampArray.Builder builder = new(Timestamp);
        Visit(() => builder.AppendNull(), value => builder.Append(value.AsTime));
        return builder.Build();
    }

    private ListArray Vectors()
    {
        ListArray.Builder builder = new(FloatType.Default);
        var numbers = (FloatArray.Builder)builder.ValueBuilder;
        Visit(
            () => builder.AppendNull(),
            value =>
            {
                builder.Append();
                numbers.Append(value.AsVector);
            });
        return builder.Build();
    }

    private ListArray TextLists()
    {
        ListArray.Builder builder = new(StringType.Default);
        var texts = (StringArray.Builder)builder.ValueBuilder;
        Visit(
            () => builder.AppendNull(),
            value =>
            {
                builder.Append();
                foreach (string text in value.AsTexts)
                {
                    texts.Append(text);
                }
            });
        return builder.Build();
    }

    private void Visit(Action appendNull, Action<TableValue> append)
    {
        foreach (TableValue value in _values)
        {
            if (value.IsNull)
            {
                appendNull();
            }
            else
            {
                append(value);
            }
        }
    }
}
