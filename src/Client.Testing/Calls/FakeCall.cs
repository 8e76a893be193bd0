using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Client.Testing.Calls;

/// <summary>A recorded call. Every attempt of a retried call is a record of its own.</summary>
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

    /// <summary>Arrival time, by the fake's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Model of the request with its version or label. For a comparison: the newer version. Null for none.</summary>
    public ModelSelector? Model { get; internal set; }

    /// <summary>Texts to predict or explain; for a stream, the texts received so far. Empty for other calls.</summary>
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
