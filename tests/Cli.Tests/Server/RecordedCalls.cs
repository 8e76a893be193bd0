using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TopicGrpc.Cli.Tests.Server;

/// <summary>
/// The methods of the contract that this process calls on one server, in any order. <see cref="HttpClient"/> ends its activity with the
/// headers of the response, so a call is recorded before a command that waits for it ends.
/// </summary>
internal sealed class RecordedCalls : IDisposable
{
    private readonly ConcurrentQueue<string> _methods = new();
    private readonly ActivityListener _listener;

    public RecordedCalls(Uri server)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"{server.Scheme}://{server.Authority}/");
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "System.Net.Http",
            Sample = static (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("url.full") is string url && url.StartsWith(prefix, StringComparison.Ordinal))
                {
                    _methods.Enqueue(url[prefix.Length..]);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Removes and returns the methods called since the last call, such as <c>topicgrpc.v1.FitService/GetFit</c>.</summary>
    public IReadOnlyList<string> Take()
    {
        List<string> taken = [];
        while (_methods.TryDequeue(out string? method))
        {
            taken.Add(method);
        }

        return taken;
    }

    public void Dispose() => _listener.Dispose();
}
