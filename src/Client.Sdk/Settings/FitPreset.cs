using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Where the settings that are left out come from.</summary>
[JsonConverter(typeof(FitPresetConverter))]
public enum FitPreset
{
    /// <summary>The defaults of BERTopic and of the libraries under it.</summary>
    Bertopic,

    /// <summary>Chosen by the server from the number of documents and the cluster tree; <c>FitReport.Choices</c> says what and why.</summary>
    Auto,
}
