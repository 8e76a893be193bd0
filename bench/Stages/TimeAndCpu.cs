using System.Diagnostics;

namespace TopicGrpc.Stages;

/// <summary>Best time of an operation and its minimum CPU time. On a busy machine, the CPU time estimates the undisturbed time.</summary>
/// <param name="Seconds">Elapsed time in seconds.</param>
/// <param name="Cpu">CPU time of all threads in seconds, in steps of 10 ms.</param>
internal sealed record TimeAndCpu(double Seconds, double Cpu)
{
    public static TimeAndCpu Of(Action work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long started = Stopwatch.GetTimestamp();
        work();
        return new TimeAndCpu(Round(Stopwatch.GetElapsedTime(started)), Round(Environment.CpuUsage.TotalTime - before));
    }

    public static TimeAndCpu Best(int repeat, Action work) =>
        Enumerable.Range(0, Math.Max(1, repeat)).Select(_ => Of(work)).Aggregate(Least);

    public static TimeAndCpu Least(TimeAndCpu first, TimeAndCpu second) =>
        new(Math.Min(first.Seconds, second.Seconds), Math.Min(first.Cpu, second.Cpu));

    public static TimeAndCpu operator +(TimeAndCpu first, TimeAndCpu second) => new(first.Seconds + second.Seconds, first.Cpu + second.Cpu);

    private static double Round(TimeSpan time) => Math.Round(time.TotalSeconds, 3);
}
