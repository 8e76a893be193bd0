using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Client.Topics;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Scripts;

/// <summary>Fits with the scripted topics or the scripted failure.</summary>
internal sealed class FitScript(FitBook book, FakeCorpora corpora)
{
    private volatile Func<FitRequest, IEnumerable<TopicInfo>>? _topics;

    public Func<FitRequest, IEnumerable<TopicInfo>> Topics
    {
        set => _topics = value;
    }

    public Wire.Fit Start(Wire.StartFitRequest request)
    {
        Func<FitRequest, IEnumerable<TopicInfo>> topics =
            _topics ?? throw StatusToWire.NotScripted("StartFit", "script it with FakeTopicGrpc.OnFit");
        Wire.Fit fit = new()
        {
            Kind = Wire.Fit.Types.Kind.Fit,
            Model = request.Model,
            Corpus = request.Corpus,
            Settings = request.Settings,
            AssignLabels = { request.AssignLabels },
            DocumentCount = corpora.Get(WireNames.Id(request.Corpus)).DocumentCount,
        };
        return book.Run(
            request.RequestId, fit, () => new FakeVersion(
                WireNames.Id(fit.Model), [.. topics(Map(request)).OrderBy(static topic => topic.Id)])
            {
                GivenEmbeddings = corpora.Given(WireNames.Id(request.Corpus)),
            });
    }

    private static FitRequest Map(Wire.StartFitRequest request) => new(WireNames.Id(request.Model), WireNames.Id(request.Corpus))
    {
        Settings = FitSettingsMapping.Map(request.Settings),
        Labels = [.. request.AssignLabels],
        RequestId = request.RequestId,
    };
}
