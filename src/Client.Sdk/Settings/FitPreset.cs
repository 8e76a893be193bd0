using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Source of the settings that are null.</summary>
[JsonConverter(typeof(FitPresetConverter))]
public enum FitPreset
{
    /// <summary>The defaults of BERTopic and of the libraries under it.</summary>
    Bertopic,

    /// <summary>
    /// Chosen by the server from the number of documents and the cluster tree; <c>FitReport.Choices</c> lists the choices with reasons.
    /// </summary>
    Auto,
}
