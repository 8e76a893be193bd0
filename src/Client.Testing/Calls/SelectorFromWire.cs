using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Calls;

/// <summary>Maps the selector of a request.</summary>
internal static class SelectorFromWire
{
    public static ModelSelector Map(Wire.ModelSelector? wire) =>
        wire is null ? new ModelSelector("") : new ModelSelector(WireNames.Id(wire.Model))
        {
            Version = wire.VersionCase == Wire.ModelSelector.VersionOneofCase.VersionNumber ? wire.VersionNumber : null,
            Label = wire.VersionCase == Wire.ModelSelector.VersionOneofCase.VersionLabel ? wire.VersionLabel : null,
        };
}
