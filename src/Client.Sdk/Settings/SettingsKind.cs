using System.Text.Json;

namespace TopicGrpc.Client.Settings;

/// <summary>A kind of value in a settings file.</summary>
/// <param name="Expected">Description of the kind for messages.</param>
/// <param name="Holds">Whether a value is of the kind.</param>
internal sealed record SettingsKind(string Expected, Func<JsonElement, bool> Holds);
