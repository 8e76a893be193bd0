using System.Security.Cryptography;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>Exponential backoff with full jitter: each pause is uniform between zero and a bound that doubles up to a limit.</summary>
/// <param name="options">First bound and limit.</param>
/// <param name="uniform">Source of numbers in [0, 1).</param>
internal sealed class Backoff(RetryOptions options, Func<double> uniform)
{
    private const int Resolution = 1 << 30;

    public Backoff(RetryOptions options)
        : this(options, Uniform)
    {
    }

    /// <summary>Returns the pause after a failed attempt.</summary>
    /// <param name="failures">Failures so far, 1 or more.</param>
    public TimeSpan After(int failures)
    {
        double end = Math.Min(options.BaseDelay.TotalMilliseconds * Math.Pow(2, failures - 1), options.MaxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(end * uniform());
    }

    // Clients must not pause in step. This is the only random choice that does not depend on a seed.
    private static double Uniform() => RandomNumberGenerator.GetInt32(Resolution) / (double)Resolution;
}
