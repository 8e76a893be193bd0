using System.Globalization;
using TopicGrpc.Cli.Names;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Jobs;

/// <summary>Shows the progress of a fit, one step per stage.</summary>
internal sealed class FitStages(IProgressBoard board) : IProgress<FitProgress>
{
    private readonly Lock _lock = new();
    private FitStage _stage;
    private IProgressStep? _step;

    /// <summary>Waits for a job of the server and shows its stages. An interrupted command also cancels the job.</summary>
    public static async Task<FitResult> WaitAsync(FitHandle job, IProgressBoard board, CancellationToken cancellationToken)
    {
        try
        {
            FitStages stages = new(board);
            FitResult result = await job.WaitAsync(stages, cancellationToken);
            stages.Complete();
            return result;
        }
        catch (OperationCanceledException)
        {
            await job.CancelAsync(CancellationToken.None);
            throw;
        }
    }

    public void Report(FitProgress value)
    {
        lock (_lock)
        {
            if (value.Stage == FitStage.None)
            {
                return;
            }

            if (value.Stage != _stage)
            {
                _step?.Complete("");
                _stage = value.Stage;
                _step = board.Start(StageNames.Of(value.Stage));
            }

            string note = value.DocumentsPerSecond > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{value.DocumentsPerSecond:0} documents/s")
                : "";
            _step?.Report(value.Fraction, note);
        }
    }

    private void Complete()
    {
        lock (_lock)
        {
            _step?.Complete("");
            _step = null;
        }
    }
}
