using System.Globalization;
using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// A limit on the topics that contain a term: a count (Python int) or a share of all topics (Python float). 1 and 1.0 differ.
/// </summary>
[JsonConverter(typeof(FrequencyLimitConverter))]
public readonly record struct FrequencyLimit
{
    private FrequencyLimit(double value, bool isShare)
    {
        Value = value;
        IsShare = isShare;
    }

    /// <summary>The count or the share.</summary>
    public double Value { get; }

    /// <summary>Whether <see cref="Value"/> is a share of all topics.</summary>
    public bool IsShare { get; }

    /// <summary>Creates a limit as a count of topics.</summary>
    /// <param name="topics">1 or more.</param>
    /// <returns>The limit.</returns>
    public static FrequencyLimit Count(int topics) => new(topics, isShare: false);

    /// <summary>Creates a limit as a share of the topics.</summary>
    /// <param name="share">0 to 1.</param>
    /// <returns>The limit.</returns>
    public static FrequencyLimit Share(double share) => new(share, isShare: true);

    /// <inheritdoc/>
    public override string ToString() => Value.ToString(IsShare ? "0.0###" : "0", CultureInfo.InvariantCulture);
}
