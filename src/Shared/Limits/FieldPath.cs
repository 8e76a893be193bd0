using System.Globalization;
using System.Text;

namespace TopicGrpc.Shared.Limits;

/// <summary>The place of the field under check. Names and indexes are joined to text only for a violation.</summary>
internal sealed class FieldPath
{
    private readonly List<(string? Name, object? Index)> _parts = [];

    /// <summary>Enters a field.</summary>
    public void Enter(string name) => _parts.Add((name, null));

    /// <summary>Enters an element by its index or key.</summary>
    public void EnterElement(object index) => _parts.Add((null, index));

    /// <summary>Leaves the field or element entered last.</summary>
    public void Leave() => _parts.RemoveAt(_parts.Count - 1);

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new();
        foreach ((string? name, object? index) in _parts)
        {
            if (name is null)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }
            else
            {
                text.Append(text.Length == 0 ? string.Empty : ".").Append(name);
            }
        }

        return text.ToString();
    }
}
