using System.Globalization;

namespace TopicGrpc.Stages;

/// <summary>
/// Samples the private resident memory of the process (<c>RssAnon</c>) and keeps the peak. Mapped files do not count. NaN
/// where the system does not report it.
/// </summary>
internal sealed class PrivatePeak : IDisposable
{
    private const double KilobytesPerMegabyte = 1e6 / 1024;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly Timer _timer;
    private readonly Lock _gate = new();
    private double _megabytes;

    public PrivatePeak() => _timer = new Timer(_ => Sample(), null, TimeSpan.Zero, Interval);

    /// <summary>Returns the peak since the last call, in megabytes (10⁶ bytes), and starts again.</summary>
    public double Take()
    {
        Sample();
        lock (_gate)
        {
            (double peak, _megabytes) = (_megabytes, 0);
            return Math.Round(peak, 1);
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        double now = Now();
        lock (_gate)
        {
            _megabytes = Math.Max(_megabytes, now);
        }
    }

    /// <summary>Returns the private resident memory, in megabytes.</summary>
    public static double Now()
    {
        const string Field = "RssAnon:";
        if (!File.Exists("/proc/self/status"))
        {
            return double.NaN;
        }

        string line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith(Field, StringComparison.Ordinal));
        ReadOnlySpan<char> kilobytes = line.AsSpan(Field.Length).TrimEnd("kB ").Trim();
        return double.Parse(kilobytes, CultureInfo.InvariantCulture) / KilobytesPerMegabyte;
    }
}
