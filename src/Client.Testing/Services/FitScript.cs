using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Mapping;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Fits that end as soon as they start, with a version of the scripted topics or the scripted failure.</summary>
internal sealed class FitScript(FakeModels models, FakeCorpora corpora, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Wire.Fit> _fits = [];
    private readonly Dictionary<string, Wire.Fit> _byRequest = new(StringComparer.Ordinal);
    private volatile Func<FitRequest, IEnumerable<TopicInfo>>? _topics;

    public Func<FitRequest, IEnumerable<TopicInfo>> Topics
    {
        set => _topics = value;
    }

    public Wire.Fit Start(Wire.StartFitRequest request)
    {
        Func<FitRequest, IEnumerable<TopicInfo>> topics = _topics ?? throw StatusToWire.NotScripted("StartFit", "script it with FakeTopicGrpc.OnFit");
        long documents = corpora.Get(ResourceNames.Id(request.Corpus)).DocumentCount;
        lock (_gate)
        {
            if (_byRequest.TryGetValue(request.RequestId, out Wire.Fit? known))
            {
                return known;
            }

            Wire.Fit fit = Begin(request, documents);
            try
            {
                Succeed(fit, topics(Map(request)));
            }
            catch (TopicGrpcException failure)
            {
                fit.State = Wire.Fit.Types.State.Failed;
                fit.Error = StatusToWire.Map(failure);
            }

            _fits.Add(fit);
            _byRequest[request.RequestId] = fit;
            return fit;
        }
    }

    public Wire.Fit Get(string name)
    {
        lock (_gate)
        {
            return _fits.Find(fit => fit.Name == name)
                ?? throw StatusToWire.Exception(TopicGrpcStatus.NotFound, ErrorReasons.FitNotFound, $"The fake has no fit '{ResourceNames.Id(name)}'.");
        }
    }

    /// <summary>Fits, newest first.</summary>
    public IReadOnlyList<Wire.Fit> All(string model)
    {
        lock (_gate)
        {
            return [.. _fits.Where(fit => model.Length == 0 || fit.Model == model).Reverse()];
        }
    }

    private Wire.Fit Begin(Wire.StartFitRequest request, long documents)
    {
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        return new Wire.Fit
        {
            Name = ResourceNames.Fit(string.Create(CultureInfo.InvariantCulture, $"fake-{_fits.Count + 1}")),
            Model = request.Model,
            Corpus = request.Corpus,
            Settings = request.Settings,
            AssignLabels = { request.AssignLabels },
            DocumentCount = documents,
            CreateTime = now,
            StartTime = now,
            EndTime = now,
        };
    }

    private void Succeed(Wire.Fit fit, IEnumerable<TopicInfo> topics)
    {
        FakeVersion version = models.Add(ResourceNames.Id(fit.Model), [.. topics.OrderBy(static topic => topic.Id)], ResourceNames.Id(fit.Name));
        foreach (string label in fit.AssignLabels)
        {
            models.SetLabel(version.Model, label, version.Version);
        }

        fit.State = Wire.Fit.Types.State.Succeeded;
        fit.ModelVersion = version.ResourceName;
        fit.Report = new Wire.FitReport
        {
            DocumentCount = fit.DocumentCount,
            TopicCount = version.TopicCount,
            OutlierCount = version.OutlierCount,
            Settings = fit.Settings,
        };
    }

    private static FitRequest Map(Wire.StartFitRequest request) => new(ResourceNames.Id(request.Model), ResourceNames.Id(request.Corpus))
    {
        Settings = FitSettingsFromWire.Map(request.Settings),
        Labels = [.. request.AssignLabels],
        RequestId = request.RequestId,
    };
}
