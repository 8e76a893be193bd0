using System.Globalization;
using System.Text;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Parameters of an imported model without a counterpart in the settings. They are stored as JSON, up to a size limit.</summary>
internal sealed class SourceParameters
{
    private const int MaxBytes = 64 << 10;

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private int _bytes;

    /// <summary>JSON of each parameter by name.</summary>
    public IReadOnlyDictionary<string, string> Values => _values;

    /// <summary>Adds a parameter.</summary>
    /// <exception cref="InvalidDataException">The total size of the parameters exceeds the limit.</exception>
    public void Add(string name, ForeignJson value)
    {
        _bytes += Encoding.UTF8.GetByteCount(name) + value.Bytes;
        if (_bytes > MaxBytes)
        {
            throw value.Wrong(string.Create(
                CultureInfo.InvariantCulture, $"smaller: the parameters without a counterpart may have {MaxBytes} bytes in total"));
        }

        _values[name] = value.RawText();
    }
}
