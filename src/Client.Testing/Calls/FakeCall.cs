using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Client.Testing.Calls;

/// <summary>A recorded call; each attempt of a retried call is one.</summary>
public sealed class FakeCall
{
    private readonly Lock _gate = new();
    private readonly List<string> _texts = [];

    internal FakeCall(string method, DateTimeOffset time)
    {
        Method = method;
        Time = time;
    }

    /// <summary>Method of the contract, such as <c>Predict</c>.</summary>
    public string Method { get; }

    /// <summary>Time of its arrival, by the fake's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Model of the request, with its version or label; for a comparison, the newer version. Null for none.</summary>
    public ModelSelector? Model { get; internal set; }

    /// <summary>Texts to predict or explain, of a stream those received so far; empty for other calls.</summary>
    public IReadOnlyList<string> Texts
    {
        get
        {
            lock (_gate)
            {
                return [.. _texts];
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Model is null ? Method : $"{Method} {Model}";

    internal void AddText(string text)
    {
        lock (_gate)
        {
            _texts.Add(text);
        }
    }
}
