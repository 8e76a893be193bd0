using System.Globalization;
using TopicGrpc.Cli.Names;
using TopicGrpc.Cli.Terminals;
using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Jobs;

/// <summary>Shows a fit stage by stage.</summary>
internal sealed class FitStages(IProgressBoard board) : IProgress<FitProgress>
{
    private readonly Lock _lock = new();
    private FitStage _stage;
    private IProgressStep? _step;

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

            _step?.Report(value.Fraction, value.DocumentsPerSecond > 0 ? string.Create(CultureInfo.InvariantCulture, $"{value.DocumentsPerSecond:0} documents/s") : "");
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _step?.Complete("");
            _step = null;
        }
    }
}
