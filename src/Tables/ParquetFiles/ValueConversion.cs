using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Values of a column from their stored form.</summary>
internal static class ValueConversion
{
    // Julian day of 1970-01-01; an int96 is nanoseconds of the day and the day.
    private const long EpochJulianDay = 2_440_588;

    /// <exception cref="InvalidDataException">The value is not valid for its type.</exception>
    public static TableValue Convert(ParquetColumn column, in RawValue value, int maxTextBytes) => (column.Type, column.Annotation) switch
    {
        (PhysicalType.Boolean, _) => TableValue.Boolean(value.Bits != 0),
        (_, Annotation.Decimal) => TableValue.Text(Decimal(column, value)),
        (PhysicalType.Int32, Annotation.Date) => Time(TableTimes.FromDays(value.Bits)),
        (_, Annotation.Milliseconds) => Time(TableTimes.FromMilliseconds(value.Bits)),
        (_, Annotation.Microseconds) => Time(TableTimes.FromMicroseconds(value.Bits)),
        (_, Annotation.Nanoseconds) => Time(TableTimes.FromNanoseconds(value.Bits)),
        (PhysicalType.Int96, _) => Time(JulianTime(value.Bytes.Span)),
        (PhysicalType.Int32, Annotation.Unsigned) => TableValue.Integer((uint)value.Bits),
        (PhysicalType.Int64, Annotation.Unsigned) when value.Bits < 0 =>
            TableValue.Text(((ulong)value.Bits).ToString(CultureInfo.InvariantCulture)),
        (PhysicalType.Int32 or PhysicalType.Int64, _) => TableValue.Integer(value.Bits),
        (PhysicalType.Float or PhysicalType.Double, _) or (_, Annotation.Half) => TableValue.Number(Number(column, value)),
        (_, Annotation.Uuid) => TableValue.Text(new Guid(value.Bytes.Span, bigEndian: true).ToString()),
        _ => Text(value.Bytes.Span, maxTextBytes),
    };

    /// <summary>Returns a number of a vector.</summary>
    public static double Number(ParquetColumn column, in RawValue value) => column.Type switch
    {
        PhysicalType.Float => BitConverter.Int32BitsToSingle((int)value.Bits),
        PhysicalType.Double => BitConverter.Int64BitsToDouble(value.Bits),
        PhysicalType.FixedBytes => (double)BinaryPrimitives.ReadHalfLittleEndian(value.Bytes.Span),
        PhysicalType.Int32 when column.Annotation == Annotation.Unsigned => (uint)value.Bits,
        _ => value.Bits,
    };

    private static TableValue Text(ReadOnlySpan<byte> bytes, int maxBytes)
    {
        if (bytes.Length > maxBytes)
        {
            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture, $"a text has {bytes.Length:N0} bytes; at most {maxBytes:N0} are allowed"));
        }

        return TableValue.Text(Utf8Text.Decode(bytes) ?? throw new InvalidDataException("not valid UTF-8"));
    }

    private static TableValue Time(DateTimeOffset? time) =>
        TableValue.Time(time ?? throw new InvalidDataException("a time outside the years 1 to 9999"));

    private static DateTimeOffset? JulianTime(ReadOnlySpan<byte> bytes)
    {
        long nanoseconds = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        long days = BinaryPrimitives.ReadUInt32LittleEndian(bytes[sizeof(long)..]) - EpochJulianDay;
        return nanoseconds < 0 ? null : TableTimes.FromDays(days)?.AddTicks(Math.Min(nanoseconds / 100, TimeSpan.TicksPerDay - 1));
    }

    private static string Decimal(ParquetColumn column, in RawValue value)
    {
        const int MaxBytes = 64;
        if (value.Bytes.Length > MaxBytes || column.Scale is < 0 or > 4 * MaxBytes)
        {
            throw new InvalidDataException("a decimal number has too many digits");
        }

        BigInteger unscaled = column.IsNumber ? value.Bits : new BigInteger(value.Bytes.Span, isBigEndian: true);
        if (column.Scale == 0)
        {
            return unscaled.ToString(CultureInfo.InvariantCulture);
        }

        string digits = BigInteger.Abs(unscaled).ToString(CultureInfo.InvariantCulture).PadLeft(column.Scale + 1, '0');
        return $"{(unscaled.Sign < 0 ? "-" : "")}{digits[..^column.Scale]}.{digits[^column.Scale..]}";
    }
}
