using System.Globalization;
using System.Text;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Parameters of an imported model without a counterpart among our settings. They are kept as JSON, up to a limit.</summary>
internal sealed class SourceParameters
{
    private const int MaxBytes = 64 << 10;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>JSON of each parameter by name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Keeps a parameter.</summary>
    /// <exception cref="InvalidDataException">The parameters together are too large.</exception>
    public void Add(string name, ForeignJson value)
    {
        string json = value.Element.GetRawText();
        _bytes += Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(json);
        if (_bytes > MaxBytes)
        {
            throw value.Wrong(string.Create(CultureInfo.InvariantCulture, $"small enough: unknown parameters have at most {MaxBytes} bytes together"));
        }

        _values[name] = json;
    }
}
