using System.Globalization;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Explorer.Parts;

/// <summary>Translates the part of an address that names a version.</summary>
public static class Selection
{
    /// <summary>Returns the selector of a version.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="selector">Number or label of the version.</param>
    public static ModelSelector Of(string model, string selector) =>
        long.TryParse(selector, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? new ModelSelector(model) { Version = number }
            : new ModelSelector(model) { Label = selector };
}
