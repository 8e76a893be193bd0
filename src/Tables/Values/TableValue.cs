using System.Globalization;

namespace TopicGrpc.Tables.Values;

/// <summary>A value of a row: null, or a value of the kind of its column.</summary>
internal readonly struct TableValue
{
    private readonly object? _content;
    private readonly long _bits;

    private TableValue(ColumnKind kind, long bits, object? content)
    {
        Kind = kind;
        _bits = bits;
        _content = content;
    }

    /// <summary>No value.</summary>
    public static TableValue Null => default;

    /// <summary>Kind of the value; null for no value.</summary>
    public ColumnKind? Kind { get; }

    public bool IsNull => Kind is null;

    /// <summary>The text of a value of kind <see cref="ColumnKind.Text"/>.</summary>
    public string AsText => (string)_content!;

    /// <summary>The numbers of a value of kind <see cref="ColumnKind.Vector"/>.</summary>
    public float[] AsVector => (float[])_content!;

    /// <summary>The texts of a value of kind <see cref="ColumnKind.Texts"/>.</summary>
    public IReadOnlyList<string> AsTexts => (IReadOnlyList<string>)_content!;

    public long AsInteger => _bits;

    public double AsNumber => BitConverter.Int64BitsToDouble(_bits);

    public bool AsBoolean => _bits != 0;

    /// <summary>The time, in UTC.</summary>
    public DateTimeOffset AsTime => new(_bits, TimeSpan.Zero);

    public static TableValue Text(string text) => new(ColumnKind.Text, 0, text);

    public static TableValue Vector(float[] numbers) => new(ColumnKind.Vector, 0, numbers);

    public static TableValue Texts(IReadOnlyList<string> texts) => new(ColumnKind.Texts, 0, texts);

    public static TableValue Integer(long number) => new(ColumnKind.Integer, number, null);

    public static TableValue Number(double number) => new(ColumnKind.Number, BitConverter.DoubleToInt64Bits(number), null);

    public static TableValue Boolean(bool value) => new(ColumnKind.Boolean, value ? 1 : 0, null);

    public static TableValue Time(DateTimeOffset time) => new(ColumnKind.Time, time.UtcTicks, null);

    /// <summary>Returns the value as JSON lines would write it: the value of an attribute. Null for no value and for a list.</summary>
    public string? ToAttribute() => Kind switch
    {
        ColumnKind.Text => AsText,
        ColumnKind.Integer => AsInteger.ToString(CultureInfo.InvariantCulture),
        ColumnKind.Number => AsNumber.ToString("R", CultureInfo.InvariantCulture),
        ColumnKind.Boolean => AsBoolean ? "true" : "false",
        ColumnKind.Time => AsTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        _ => null,
    };
}
