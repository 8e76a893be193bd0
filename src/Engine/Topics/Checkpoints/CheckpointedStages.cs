using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Checkpoints;

/// <summary>Runs stages, or continues after them with the results that another run of the fit stored.</summary>
/// <param name="storage">The stored results; null for none.</param>
/// <param name="clock">Measures the stages that run.</param>
/// <param name="cancellationToken">Cancels transfers.</param>
internal sealed class CheckpointedStages(IStageCheckpoints? storage, StageClock clock, CancellationToken cancellationToken)
{
    private const int Magic = 0x43534754;
    private const int Format = 1;

    /// <summary>Returns the result of a stage: the stored one if it can be used, otherwise that of the work.</summary>
    /// <param name="stage">The stage, which a fit runs once.</param>
    /// <param name="format">Form of the stored result.</param>
    /// <param name="work">Computes the result.</param>
    public T Run<T>(FitStage stage, IStageFormat<T> format, Func<IProgress<double>?, T> work)
    {
        if (storage is null)
        {
            return clock.Run(stage, work);
        }

        (T Result, double Seconds)? stored = null;
        if (storage.TryRead(stage, stream => stored = Read(stage, format, new StageReader(stream)), cancellationToken)
            && stored is var (known, taken))
        {
            // The time of the run that computed the stage: estimates of later fits are adapted to it.
            clock.Add(stage, taken);
            return known;
        }

        T result = clock.Run(stage, work);
        double seconds = clock.Stages[^1].Seconds;
        storage.Store(
            stage,
            TimeSpan.FromSeconds(seconds),
            stream =>
            {
                StageWriter target = new(stream);
                target.Write(Magic);
                target.Write(Format);
                target.Write((int)stage);
                target.Write(seconds);
                format.Write(result, target);
            },
            cancellationToken);
        return result;
    }

    private static (T Result, double Seconds) Read<T>(FitStage stage, IStageFormat<T> format, StageReader source)
    {
        try
        {
            source.ReadCount(Magic, Magic);
            source.ReadCount(Format, Format);
            source.ReadCount((int)stage, (int)stage);
            double seconds = source.Read<double>();
            T result = format.Read(source);
            source.End();
            return (result, seconds);
        }
        catch (Exception failure) when (failure is EndOfStreamException or ArgumentException)
        {
            // Constructors reject parts that contradict each other with an ArgumentException.
            throw new InvalidDataException(failure.Message, failure);
        }
    }
}
