using System.Diagnostics;

namespace TopicGrpc.ChildServer;

/// <summary>
/// Ends the process (SIGKILL) when a fit enters a stage; a stage ends one process of all that share a folder. In the embedding stage it
/// waits, so that some texts have been embedded.
/// </summary>
internal sealed class StageKiller : IDisposable
{
    private const string Source = "TopicGrpc.Server";
    private const string EmbeddingStage = "Embedding";

    private static readonly TimeSpan EmbeddingTime = TimeSpan.FromMilliseconds(300);

    private readonly string[] _stages;
    private readonly string _folder;
    private readonly ActivityListener _listener;
    private ITimer? _timer;

    /// <param name="stages">Names of the stages, separated by commas.</param>
    /// <param name="folder">Folder of the processes, with a file for each stage that has ended one.</param>
    public StageKiller(string stages, string folder)
    {
        _stages = stages.Split(',');
        _folder = folder;
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == Source,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStarted = Started,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _listener.Dispose();
    }

    private void Started(Activity activity)
    {
        if (activity.GetTagItem("topicgrpc.stage") is not string stage || !_stages.Contains(stage) || !TryMark(stage))
        {
            return;
        }

        if (stage == EmbeddingStage)
        {
            _timer = TimeProvider.System.CreateTimer(
                static _ => Process.GetCurrentProcess().Kill(), null, EmbeddingTime, Timeout.InfiniteTimeSpan);
            return;
        }

        Process.GetCurrentProcess().Kill();
        Thread.CurrentThread.Join();
    }

    private bool TryMark(string stage)
    {
        try
        {
            using FileStream mark = new(Path.Combine(_folder, stage), FileMode.CreateNew);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
