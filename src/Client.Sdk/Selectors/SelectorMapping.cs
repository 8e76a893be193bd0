using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Selectors;

/// <summary>Maps selectors to the contract and back.</summary>
internal static class SelectorMapping
{
    public static Wire.ModelSelector Map(ModelSelector selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        Wire.ModelSelector wire = new() { Model = WireNames.Model(selector.Model) };
        if (selector.Version is { } version)
        {
            wire.VersionNumber = version;
        }
        else if (selector.Label is { } label)
        {
            wire.VersionLabel = label;
        }

        return wire;
    }

    /// <summary>Reads the resource name of a version.</summary>
    public static ModelSelector Parse(string modelVersion)
    {
        (string model, long version) = WireNames.ParseVersion(modelVersion);
        return new ModelSelector(model) { Version = version };
    }

    /// <summary>Returns the resource name of a version that a selector names by number.</summary>
    /// <exception cref="ArgumentException">The selector has no version number.</exception>
    public static string VersionName(ModelSelector selector) => selector.Version is { } number
        ? WireNames.Version(selector.Model, number)
        : throw new ArgumentException($"'{selector}' must name a version by number, such as 'news@7'.", nameof(selector));
}
