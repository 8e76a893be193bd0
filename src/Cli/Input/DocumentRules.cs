using System.Globalization;
using System.Text;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Cli.Input;

/// <summary>Applies the limits of the contract to documents before anything is sent.</summary>
/// <param name="path">Path of the input, for messages.</param>
/// <param name="longTexts">What to do with a text that exceeds the limit.</param>
/// <param name="notes">Receives what is left out.</param>
internal sealed class DocumentRules(string path, LongTexts longTexts, InputNotes notes)
{
    private static readonly FieldLimits Attributes = RequestLimits.Of(Document.Descriptor, Document.AttributesFieldNumber);

    /// <summary>Most bytes of a text.</summary>
    public static int MaxTextBytes { get; } = (int)RequestLimits.Of(Document.Descriptor, Document.TextFieldNumber).MaxBytes;

    private static int MaxIdBytes { get; } = (int)RequestLimits.Of(Document.Descriptor, Document.IdFieldNumber).MaxBytes;

    /// <summary>Returns the document within the limits, or null to leave it out.</summary>
    /// <exception cref="InputException">The document breaks a limit.</exception>
    public InputDocument? Apply(InputDocument document)
    {
        int idBytes = Encoding.UTF8.GetByteCount(document.Key);
        if (idBytes > MaxIdBytes)
        {
            throw Fault(document, Text($"its id has {idBytes:N0} bytes; at most {MaxIdBytes:N0} are allowed"));
        }

        int textBytes = Encoding.UTF8.GetByteCount(document.Text);
        if (textBytes > MaxTextBytes)
        {
            switch (longTexts)
            {
                case LongTexts.Cut:
                    notes.CutText();
                    document = document with { Text = Cut(document.Text) };
                    break;
                case LongTexts.Skip:
                    notes.SkipText();
                    return null;
                default:
                    throw Fault(
                        document,
                        Text($"its text has {textBytes:N0} bytes; at most {MaxTextBytes:N0} are allowed (--long-texts cut or skip)"));
            }
        }

        return document.Attributes.Count == 0 ? document : document with { Attributes = Limited(document.Attributes) };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Cut(string text)
    {
        byte[] bytes = new byte[MaxTextBytes];
        Encoding.UTF8.GetEncoder().Convert(text, bytes, flush: false, out int used, out _, out _);
        return text[..(used > 0 && char.IsHighSurrogate(text[used - 1]) ? used - 1 : used)];
    }

    private InputException Fault(InputDocument document, string fault)
    {
        string named = $"document \"{Shown(document.Id)}\": {fault}";
        if (document.Row is { } row)
        {
            return new InputException(path, Text($"row {row}, {named}"));
        }

        return document.Line is { } line ? new InputException(path, line, named) : new InputException(path, named);
    }

    private static string Shown(string id)
    {
        const int Longest = 64;
        return id.Length <= Longest ? id : id[..Longest] + "…";
    }

    // A field that exceeds the limits of attributes is free text, not a class: omit the field, keep its document.
    private Dictionary<string, string> Limited(IReadOnlyDictionary<string, string> attributes)
    {
        Dictionary<string, string> limited = new(StringComparer.Ordinal);
        foreach ((string key, string value) in attributes)
        {
            int keyBytes = Encoding.UTF8.GetByteCount(key);
            if (keyBytes == 0 || keyBytes > Attributes.Keys.MaxBytes)
            {
                notes.Omit($"\"{Shown(key)}\" (a name of 1 to {Attributes.Keys.MaxBytes} bytes is required)");
            }
            else if (Encoding.UTF8.GetByteCount(value) > Attributes.Items.MaxBytes)
            {
                notes.Omit($"\"{key}\" (more than {Attributes.Items.MaxBytes} bytes)");
            }
            else if (limited.Count == Attributes.MaxItems)
            {
                notes.Omit($"\"{key}\" (more than {Attributes.MaxItems} fields)");
            }
            else
            {
                limited.Add(key, value);
            }
        }

        return limited;
    }
}
