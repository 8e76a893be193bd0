using System.Collections.Immutable;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>Which version answers which call. Immutable: a call reads the one reference once and sees one state of the world.</summary>
/// <param name="Models">Models by id.</param>
internal sealed record RoutingSnapshot(ImmutableSortedDictionary<string, ModelRoute> Models)
{
    public static RoutingSnapshot Empty { get; } = new(ImmutableSortedDictionary.Create<string, ModelRoute>(StringComparer.Ordinal));

    public ModelRoute Model(string id) => Models.TryGetValue(id, out ModelRoute? model) ? model : throw Fault.ModelNotFound(ResourceNames.Model(id));

    public VersionEntry Version(string model, long number) =>
        Model(model).Versions.TryGetValue(number, out VersionEntry? entry) ? entry : throw Fault.VersionNotFound(ResourceNames.Model(model), number);

    /// <summary>A version; null when there is none.</summary>
    public VersionEntry? Find(string model, long number) => Models.GetValueOrDefault(model)?.Versions.GetValueOrDefault(number);

    /// <summary>A version, also one that was deleted and still answers its last calls.</summary>
    public VersionEntry Describe(string model, long number) =>
        Model(model).Known.FirstOrDefault(entry => entry.Record.VersionNumber == number) ?? throw Fault.VersionNotFound(ResourceNames.Model(model), number);

    /// <summary>Finds the version that a call means.</summary>
    public VersionEntry Resolve(VersionChoice choice)
    {
        ModelRoute model = Model(choice.Model);
        if (choice.Number is { } number)
        {
            return Version(choice.Model, number);
        }

        if (choice.Label is not { } label)
        {
            long answering = choice.Key is not null && model.Traffic is { Targets.IsEmpty: false } traffic ? traffic.Choose(choice.Key.Draw(RoutingDraw.Split, model.Id)) : model.Default;
            return answering > 0 ? Version(choice.Model, answering) : throw Fault.ModelLoading(ResourceNames.Model(choice.Model));
        }

        return model.Labels.TryGetValue(label, out long labelled) ? Version(choice.Model, labelled) : throw Fault.LabelNotFound(ResourceNames.Model(choice.Model), label);
    }

    /// <summary>Finds who gets a copy of a call's texts.</summary>
    /// <returns>Null for nobody.</returns>
    public ShadowRoute? ShadowOf(VersionChoice choice) =>
        choice.IsByPolicy && Model(choice.Model).Traffic is { Shadow: > 0 } traffic ? new ShadowRoute(traffic, Version(choice.Model, traffic.Shadow).Handle) : null;

    public RoutingSnapshot With(ModelRoute model) => new(Models.SetItem(model.Id, model));

    public RoutingSnapshot With(string model, VersionEntry entry)
    {
        ModelRoute route = Model(model);
        return With(route with { Versions = route.Versions.SetItem(entry.Record.VersionNumber, entry) });
    }
}
