using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Client.Testing.Calls;

/// <summary>A call that came in, one attempt of it.</summary>
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

    /// <summary>When it came in, by the fake's clock.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Model that it names, with version or label where given; of two versions compared the newer; null where it names none.</summary>
    public ModelSelector? Model { get; internal set; }

    /// <summary>Texts to predict or to explain, those of a stream as far as they came; empty for other calls.</summary>
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
