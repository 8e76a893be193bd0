using System.Runtime.CompilerServices;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Predictions;

/// <summary>Predictions of a sequence of texts: every text is answered once, in order, all by one version.</summary>
internal sealed class PredictionStream : IStreamPosition<Wire.StreamPredictResponse>
{
    private readonly ClientCore _core;
    private readonly Wire.PredictionService.PredictionServiceClient _stub;
    private readonly IAsyncEnumerable<string> _texts;
    private readonly Wire.StreamPredictRequest.Types.Open _open;
    private PredictionSource _source = null!;
    private string _version = "";

    /// <summary>Creates a stream that is read once.</summary>
    /// <param name="core">Connection and call rules.</param>
    /// <param name="stub">Stub of the service.</param>
    /// <param name="texts">Texts, read once.</param>
    /// <param name="open">First message: selector, options and routing key.</param>
    public PredictionStream(
        ClientCore core,
        Wire.PredictionService.PredictionServiceClient stub,
        IAsyncEnumerable<string> texts,
        Wire.StreamPredictRequest.Types.Open open)
    {
        _core = core;
        _stub = stub;
        _texts = texts;
        _open = open;
    }

    public bool IsComplete => _source.IsDone;

    public async IAsyncEnumerable<PredictionOutcome> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        PredictionSource source = new(_texts.GetAsyncEnumerator(stop.Token));
        await using ConfiguredAsyncDisposable disposing = source.ConfigureAwait(false);
        _source = source;
        try
        {
            ResumingStream<Wire.StreamPredictResponse> stream = new(_core, "StreamPredict", this);
            await foreach (Wire.StreamPredictResponse response in stream.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return PredictionMapping.Map(response, _version);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    public IStreamConnection<Wire.StreamPredictResponse> Open(CancellationToken cancellationToken)
    {
        Wire.StreamPredictRequest.Types.Open open = _open.Clone();
        open.FirstIndex = _source.Answered;

        // After the first answer, the stream stays on the version of that answer.
        open.Selector = _version.Length > 0 ? SelectorMapping.Map(SelectorMapping.Parse(_version)) : open.Selector;
        return new PredictionConnection(_stub, open, _source, cancellationToken);
    }

    public bool Accept(Wire.StreamPredictResponse response)
    {
        if (response.ModelVersion.Length > 0)
        {
            _version = response.ModelVersion;
        }

        _source.Answer();
        return true;
    }
}
