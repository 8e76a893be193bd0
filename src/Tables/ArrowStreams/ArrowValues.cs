using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ArrowStreams;

/// <summary>Readers of the values of one array.</summary>
internal static class ArrowValues
{
    /// <summary>
    /// Returns what reads the value at an index of an array whose type has a kind other than <see cref="ColumnKind.Other"/>.
    /// </summary>
    public static Func<int, TableValue> Of(IArrowArray array, TableLimits limits)
    {
        Func<int, TableValue> read = Reader(array, limits);
        return array.NullCount == 0 ? read : at => array.IsNull(at) ? TableValue.Null : read(at);
    }

    private static Func<int, TableValue> Reader(IArrowArray array, TableLimits limits) => array switch
    {
        NullArray => static _ => TableValue.Null,
        Decimal128Array decimals => at => TableValue.Text(decimals.GetString(at) ?? ""),
        Decimal256Array decimals => at => TableValue.Text(decimals.GetString(at) ?? ""),
        BinaryArray bytes => at => Text(bytes.GetBytes(at), limits),
        LargeBinaryArray bytes => at => Text(bytes.GetBytes(at), limits),
        BinaryViewArray bytes => at => Text(bytes.GetBytes(at), limits),
        BooleanArray booleans => at => TableValue.Boolean(booleans.GetValue(at) == true),
        Date32Array days => at => Time(TableTimes.FromDays(days.GetValue(at)!.Value)),
        Date64Array milliseconds => at => Time(TableTimes.FromMilliseconds(milliseconds.GetValue(at)!.Value)),
        TimestampArray times => Times(times),
        FloatArray or DoubleArray or HalfFloatArray => Numbers(array),
        UInt64Array integers => at => Unsigned(integers.GetValue(at)!.Value),
        Int8Array or Int16Array or Int32Array or Int64Array or UInt8Array or UInt16Array or UInt32Array => Integers(array),
        DictionaryArray dictionary => Entries(dictionary, limits),
        FixedSizeListArray lists => at => Vector(lists.GetSlicedValues(at), limits),
        ListArray lists => at => Vector(lists.GetSlicedValues(at), limits),
        LargeListArray lists => at => Vector(lists.GetSlicedValues(at), limits),
        _ => throw new InvalidDataException("the array has another type than the schema"),
    };

    private static Func<int, TableValue> Numbers(IArrowArray array)
    {
        Func<int, double> number = Number(array);
        return at => TableValue.Number(number(at));
    }

    private static Func<int, double> Number(IArrowArray array) => array switch
    {
        FloatArray floats => at => floats.Values[at],
        DoubleArray doubles => at => doubles.Values[at],
        HalfFloatArray halves => at => (double)halves.Values[at],
        UInt64Array integers => at => integers.Values[at],
        _ => IntegerNumber(array),
    };

    private static Func<int, double> IntegerNumber(IArrowArray array)
    {
        Func<int, long> integer = Integer(array);
        return at => integer(at);
    }

    private static Func<int, TableValue> Integers(IArrowArray array)
    {
        Func<int, long> integer = Integer(array);
        return at => TableValue.Integer(integer(at));
    }

    private static Func<int, long> Integer(IArrowArray array) => array switch
    {
        Int8Array integers => at => integers.Values[at],
        Int16Array integers => at => integers.Values[at],
        Int32Array integers => at => integers.Values[at],
        Int64Array integers => at => integers.Values[at],
        UInt8Array integers => at => integers.Values[at],
        UInt16Array integers => at => integers.Values[at],
        UInt32Array integers => at => integers.Values[at],
        UInt64Array integers => at => checked((long)integers.Values[at]),
        _ => throw new InvalidDataException("the array has another type than the schema"),
    };

    private static Func<int, TableValue> Times(TimestampArray times)
    {
        TimeUnit unit = ((TimestampType)times.Data.DataType).Unit;
        return at =>
        {
            long value = times.Values[at];
            return Time(unit switch
            {
                TimeUnit.Second => TableTimes.FromSeconds(value),
                TimeUnit.Millisecond => TableTimes.FromMilliseconds(value),
                TimeUnit.Microsecond => TableTimes.FromMicroseconds(value),
                _ => TableTimes.FromNanoseconds(value),
            });
        };
    }

    private static Func<int, TableValue> Entries(DictionaryArray array, TableLimits limits)
    {
        Func<int, TableValue> entry = Of(array.Dictionary, limits);
        Func<int, long> index = Integer(array.Indices);
        int count = array.Dictionary.Length;
        return at =>
        {
            long place = index(at);
            return (ulong)place < (ulong)count ? entry((int)place) : throw new InvalidDataException("a value is outside its dictionary");
        };
    }

    private static TableValue Vector(IArrowArray elements, TableLimits limits)
    {
        if (elements.Length > limits.VectorLength)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"the list has {elements.Length:N0} numbers; at most {limits.VectorLength:N0} are allowed"));
        }

        if (elements.NullCount > 0)
        {
            throw new InvalidDataException("the list has a null");
        }

        if (elements is FloatArray floats)
        {
            return TableValue.Vector(floats.Values.ToArray());
        }

        Func<int, double> number = Number(elements);
        float[] vector = new float[elements.Length];
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = (float)number(i);
        }

        return TableValue.Vector(vector);
    }

    private static TableValue Unsigned(ulong value) => value <= long.MaxValue
        ? TableValue.Integer((long)value)
        : TableValue.Text(value.ToString(CultureInfo.InvariantCulture));

    private static TableValue Time(DateTimeOffset? time) =>
        TableValue.Time(time ?? throw new InvalidDataException("a time outside the years 1 to 9999"));

    private static TableValue Text(ReadOnlySpan<byte> bytes, TableLimits limits)
    {
        if (bytes.Length > limits.TextBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"a text has {bytes.Length:N0} bytes; at most {limits.TextBytes:N0} are allowed"));
        }

        return TableValue.Text(Utf8Text.Decode(bytes) ?? throw new InvalidDataException("not valid UTF-8"));
    }
}
