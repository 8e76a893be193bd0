using System.Globalization;
using System.Text;

namespace TopicGrpc.Shared.Limits;

/// <summary>
/// The violations of one request. It keeps at most <see cref="MaxItems"/> of them and <see cref="MaxBytes"/> bytes of text and counts the
/// rest, so that an error never grows with the request.
/// </summary>
public sealed class ViolationList
{
    /// <summary>Most violations that are kept.</summary>
    public const int MaxItems = 20;

    /// <summary>
    /// Most bytes of the fields and descriptions that are kept. An error carries them twice (message and details), which makes 4 KiB.
    /// </summary>
    public const int MaxBytes = 2000;

    private const int MaxQuoted = 64;

    private readonly List<Violation> _items = [];
    private int _bytes;

    /// <summary>The violations that are kept, in the order of the request's fields.</summary>
    public IReadOnlyList<Violation> Items => _items;

    /// <summary>Violations found, including those that are not kept.</summary>
    public long Count { get; private set; }

    /// <summary>Violations that are not kept.</summary>
    public long Omitted => Count - _items.Count;

    /// <summary>Adds a violation.</summary>
    /// <param name="field">Path of the field.</param>
    /// <param name="description">The limit and the value.</param>
    public void Add(string field, string description) => Add(new Violation(field, description));

    /// <summary>Adds a violation.</summary>
    /// <param name="violation">The violation.</param>
    public void Add(Violation violation)
    {
        ArgumentNullException.ThrowIfNull(violation);
        Count++;
        if (Omitted > 1 || _items.Count == MaxItems)
        {
            return;
        }

        Violation kept = _items.Count > 0
            ? violation
            : violation with { Field = Cut(violation.Field, MaxBytes / 2), Description = Cut(violation.Description, MaxBytes / 2) };
        int bytes = Encoding.UTF8.GetByteCount(kept.Field) + Encoding.UTF8.GetByteCount(kept.Description);
        if (_bytes + bytes <= MaxBytes)
        {
            _bytes += bytes;
            _items.Add(kept);
        }
    }

    /// <summary>Returns all violations on one line, with the number of those that are not kept.</summary>
    /// <returns>Fields and descriptions.</returns>
    public override string ToString()
    {
        string text = string.Join("; ", _items.Select(static violation => $"{violation.Field}: {violation.Description}"));
        return Omitted == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text}; and {Omitted} more");
    }

    /// <summary>Returns a value of the request in quotes, shortened to what an error may hold.</summary>
    /// <param name="value">The value.</param>
    /// <returns>At most 64 characters of it.</returns>
    public static string Quote(string value) => $"'{Cut(value, MaxQuoted)}'";

    private static string Cut(string text, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Encoding.UTF8.GetByteCount(text) <= most)
        {
            return text;
        }

        int length = Math.Min(text.Length, most);
        while (length > 0 && (Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) > most || char.IsHighSurrogate(text[length - 1])))
        {
            length--;
        }

        return text[..length] + "…";
    }
}
