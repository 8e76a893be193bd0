using System.Globalization;

namespace TopicGrpc.Client.Selectors;

/// <summary>A model and optionally one of its versions, by number or label.</summary>
/// <param name="Model">Id of the model.</param>
public sealed record ModelSelector(string Model)
{
    /// <summary>Version number; null: <see cref="Label"/> selects.</summary>
    public long? Version { get; init; }

    /// <summary>
    /// Label, resolved when the call starts. If <see cref="Version"/> is also null, the server selects: a target of the traffic policy or
    /// the version with the label <c>stable</c>.
    /// </summary>
    public string? Label { get; init; }

    /// <summary>Reads <c>model</c>, <c>model@7</c> (a version) or <c>model@stable</c> (a label).</summary>
    /// <param name="text">Text to read.</param>
    public static implicit operator ModelSelector(string text) => FromString(text);

    /// <summary>Reads <c>model</c>, <c>model@7</c> (a version) or <c>model@stable</c> (a label).</summary>
    /// <param name="text">Text to read.</param>
    /// <returns>The selector.</returns>
    public static ModelSelector FromString(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        int at = text.IndexOf('@', StringComparison.Ordinal);
        if (at < 0)
        {
            return new ModelSelector(text);
        }

        string version = text[(at + 1)..];
        return long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? new ModelSelector(text[..at]) { Version = number }
            : new ModelSelector(text[..at]) { Label = version };
    }

    /// <inheritdoc/>
    public override string ToString() => (Version, Label) switch
    {
        ({ } version, _) => string.Create(CultureInfo.InvariantCulture, $"{Model}@{version}"),
        (null, { } label) => $"{Model}@{label}",
        _ => Model,
    };
}
