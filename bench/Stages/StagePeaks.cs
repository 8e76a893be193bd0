using System.Diagnostics;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Stages;

/// <summary>Records the peak resident memory at the end of each stage.</summary>
internal sealed class StagePeaks : IProgress<FitProgress>
{
    private const double Megabyte = 1e6;

    private readonly Dictionary<string, double> _after = [];

    public IReadOnlyDictionary<string, double> After => _after;

    public static double Now()
    {
        using var process = Process.GetCurrentProcess();
        return Math.Round(process.PeakWorkingSet64 / Megabyte, 1);
    }

    public void Report(FitProgress value)
    {
        if (value.Fraction >= 1)
        {
            _after[value.Stage.ToString()] = Now();
        }
    }
}
