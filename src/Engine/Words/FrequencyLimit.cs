using System.Globalization;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// A limit on the number of topics that contain a term: a count (Python int) or a share of all topics (Python float). 1 and
/// 1.0 differ.
/// </summary>
public readonly record struct FrequencyLimit
{
    private FrequencyLimit(double value, bool isShare)
    {
        Value = value;
        IsShare = isShare;
    }

    /// <summary>The count or the share.</summary>
    public double Value { get; }

    /// <summary>True if <see cref="Value"/> is a share in [0, 1].</summary>
    public bool IsShare { get; }

    /// <summary>Creates a limit from a number of topics.</summary>
    /// <param name="topics">Number of topics, 1 or more.</param>
    /// <returns>The limit.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="topics"/> is less than 1.</exception>
    public static FrequencyLimit Count(int topics)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(topics, 1);
        return new FrequencyLimit(topics, isShare: false);
    }

    /// <summary>Creates a limit from a share of the topics.</summary>
    /// <param name="share">Share, 0 to 1.</param>
    /// <returns>The limit.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not in [0, 1].</exception>
    public static FrequencyLimit Share(double share)
    {
        if (share is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share must be between 0 and 1.");
        }

        return new FrequencyLimit(share, isShare: true);
    }

    /// <summary>Returns the limit as a number of topics, not rounded.</summary>
    /// <param name="topicCount">Number of topics, including the outlier topic.</param>
    /// <returns>Number of topics.</returns>
    public double Resolve(int topicCount) => IsShare ? Value * topicCount : Value;

    /// <inheritdoc/>
    public override string ToString() => IsShare
        ? Value.ToString("0.0###", CultureInfo.InvariantCulture)
        : Value.ToString("0", CultureInfo.InvariantCulture);
}
