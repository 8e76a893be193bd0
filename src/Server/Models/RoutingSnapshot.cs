using System.Collections.Immutable;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>Which version answers which call. Immutable: a call reads the reference once and sees one consistent state.</summary>
/// <param name="Models">Models by id.</param>
internal sealed record RoutingSnapshot(ImmutableSortedDictionary<string, ModelRoute> Models)
{
    public static RoutingSnapshot Empty { get; } = new(ImmutableSortedDictionary.Create<string, ModelRoute>(StringComparer.Ordinal));

    /// <summary>
    /// Number of a change of the cluster; the snapshot has it and all changes of models before it. 0 in a server that is no member.
    /// </summary>
    public long Generation { get; init; }

    /// <summary>Returns a model.</summary>
    /// <exception cref="ServiceException">There is no such model.</exception>
    public ModelRoute Model(string id) =>
        Models.TryGetValue(id, out ModelRoute? model) ? model : throw Fault.ModelNotFound(ResourceNames.Model(id));

    /// <summary>Returns a version.</summary>
    /// <exception cref="ServiceException">There is no such version.</exception>
    public VersionEntry Version(string modelId, long number) => Model(modelId).Versions.TryGetValue(number, out VersionEntry? entry)
        ? entry
        : throw Fault.VersionNotFound(ResourceNames.Model(modelId), number);

    /// <summary>Finds a version.</summary>
    /// <returns>Null if there is no such version.</returns>
    public VersionEntry? Find(string modelId, long number) => Models.GetValueOrDefault(modelId)?.Versions.GetValueOrDefault(number);

    /// <summary>Returns a version, including a deleted one that still answers its last calls.</summary>
    /// <exception cref="ServiceException">There is no such version.</exception>
    public VersionEntry Describe(string modelId, long number) => Model(modelId).Known.FirstOrDefault(entry => entry.Number == number)
        ?? throw Fault.VersionNotFound(ResourceNames.Model(modelId), number);

    /// <summary>Returns the version that a call asks for.</summary>
    /// <exception cref="ServiceException">There is no such version.</exception>
    public VersionEntry Resolve(VersionSelector selector)
    {
        ModelRoute model = Model(selector.ModelId);
        if (selector.Number is { } number)
        {
            return Version(selector.ModelId, number);
        }

        if (selector.Label is { } label)
        {
            return model.Labels.TryGetValue(label, out long labeled)
                ? Version(selector.ModelId, labeled)
                : throw Fault.LabelNotFound(ResourceNames.Model(selector.ModelId), label);
        }

        long answering = selector.Key is not null && model.Traffic is { Targets.IsEmpty: false } traffic
            ? traffic.Choose(selector.Key.Draw(RoutingDraw.Split, model.Id))
            : model.Default;
        return answering > 0 ? Version(selector.ModelId, answering) : throw Fault.ModelLoading(ResourceNames.Model(selector.ModelId));
    }

    /// <summary>Returns the shadow version of a call's texts.</summary>
    /// <returns>Null if there is none.</returns>
    public ShadowTarget? ShadowOf(VersionSelector selector) =>
        selector.IsByPolicy && Model(selector.ModelId).Traffic is { Shadow: > 0 } traffic
        ? new ShadowTarget(traffic, Version(selector.ModelId, traffic.Shadow).Handle)
        : null;

    public RoutingSnapshot With(ModelRoute model) => this with { Models = Models.SetItem(model.Id, model) };

    public RoutingSnapshot With(string modelId, VersionEntry entry)
    {
        ModelRoute route = Model(modelId);
        return With(route with { Versions = route.Versions.SetItem(entry.Number, entry) });
    }
}
