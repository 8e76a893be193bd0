using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.State;

/// <summary>Fits and derivations. Each one ends as soon as it starts, with a version or a failure.</summary>
internal sealed class FitBook(FakeModels models, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<Wire.Fit> _fits = [];
    private readonly Dictionary<string, Wire.Fit> _byRequest = new(StringComparer.Ordinal);

    /// <summary>Runs a fit, or returns the fit of an earlier call with the same request id.</summary>
    /// <param name="requestId">Request id; retries of a call have the same id.</param>
    /// <param name="fit">The fit before it runs.</param>
    /// <param name="make">Makes the version. If it throws a <see cref="TopicGrpcException"/>, the fit fails.</param>
    public Wire.Fit Run(string requestId, Wire.Fit fit, Func<FakeVersion> make) => Run(requestId, fit, () => Succeed(fit, make()));

    /// <summary>Runs a job that makes no version, or returns the job of an earlier call with the same request id.</summary>
    /// <param name="requestId">Request id; retries of a call have the same id.</param>
    /// <param name="fit">The job before it runs.</param>
    /// <param name="work">Does the work. If it throws a <see cref="TopicGrpcException"/>, the job fails.</param>
    public Wire.Fit Run(string requestId, Wire.Fit fit, Action work)
    {
        lock (_gate)
        {
            if (_byRequest.TryGetValue(requestId, out Wire.Fit? known))
            {
                return known;
            }

            Begin(fit);
            try
            {
                work();
                fit.State = Wire.Fit.Types.State.Succeeded;
            }
            catch (TopicGrpcException failure)
            {
                fit.State = Wire.Fit.Types.State.Failed;
                fit.Error = StatusToWire.Map(failure);
            }

            _fits.Add(fit);
            _byRequest[requestId] = fit;
            return fit;
        }
    }

    public Wire.Fit Get(string name)
    {
        lock (_gate)
        {
            return _fits.Find(fit => fit.Name == name)
                ?? throw StatusToWire.Exception(
                    TopicGrpcStatus.NotFound, ErrorReasons.FitNotFound, $"The fake has no fit '{WireNames.Id(name)}'.");
        }
    }

    /// <summary>Returns the fits of a model, or all fits if the model is empty, newest first.</summary>
    public IReadOnlyList<Wire.Fit> All(string model)
    {
        lock (_gate)
        {
            return [.. _fits.Where(fit => model.Length == 0 || fit.Model == model).Reverse()];
        }
    }

    private void Begin(Wire.Fit fit)
    {
        fit.Name = WireNames.Fit(string.Create(CultureInfo.InvariantCulture, $"fake-{_fits.Count + 1}"));
        fit.CreatedBy = FakeVersion.Caller;
        fit.CreateTime = fit.StartTime = fit.EndTime = Timestamp.FromDateTimeOffset(time.GetUtcNow());
    }

    private void Succeed(Wire.Fit fit, FakeVersion draft)
    {
        fit.Report = new Wire.FitReport
        {
            DocumentCount = fit.DocumentCount,
            TopicCount = draft.TopicCount,
            OutlierCount = draft.OutlierCount,
            Settings = fit.Settings,
        };
        fit.ModelVersion = models.Add(draft with { Fit = WireNames.Id(fit.Name), Report = fit.Report }, fit.AssignLabels).ResourceName;
    }
}
