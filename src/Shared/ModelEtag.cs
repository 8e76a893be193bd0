using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Shared;

/// <summary>The etag of a model: a hash of its labels and its traffic policy. Equal states have equal etags.</summary>
internal static class ModelEtag
{
    private const int HashBytes = 8;

    /// <summary>Returns the etag of a model without a traffic policy.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, long>> labels) => Hash(Labels(labels));

    /// <summary>Returns the etag of a model with a traffic policy.</summary>
    /// <param name="labels">Version number by label.</param>
    /// <param name="targets">Version number and weight of each target, in order.</param>
    /// <param name="shadowVersion">Number of the shadow version; 0 for none.</param>
    /// <param name="shadowSample">Share of the texts copied, in basis points.</param>
    public static string Of(
        IEnumerable<KeyValuePair<string, long>> labels,
        IEnumerable<(long Version, int Weight)> targets,
        long shadowVersion,
        int shadowSample)
    {
        StringBuilder text = Labels(labels);
        text.AppendJoin('\n', targets.Select(static target => FormattableString.Invariant($"{target.Version}:{target.Weight}")));
        text.Append(CultureInfo.InvariantCulture, $"\n{shadowVersion}:{shadowSample}");
        return Hash(text);
    }

    private static StringBuilder Labels(IEnumerable<KeyValuePair<string, long>> labels)
    {
        StringBuilder text = new();
        foreach ((string label, long version) in labels.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{label}={version}\n");
        }

        return text;
    }

    private static string Hash(StringBuilder text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())).AsSpan(0, HashBytes));
}
