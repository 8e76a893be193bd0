using System.Globalization;

namespace TopicGrpc.Explorer.Parts;

/// <summary>Addresses of the views, relative to the page.</summary>
public static class Routing
{
    /// <summary>View of a model.</summary>
    /// <param name="model">Id of the model.</param>
    public static string Model(string model) => $"models/{Uri.EscapeDataString(model)}";

    /// <summary>View of a version.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="selector">Number or label of the version.</param>
    /// <param name="view">Part of the version's views: <c>topics</c>, <c>map</c>, <c>hierarchy</c>, <c>ask</c> or <c>curate</c>.</param>
    public static string Version(string model, string selector, string view = "topics") =>
        $"{Model(model)}/{Uri.EscapeDataString(selector)}/{view}";

    /// <summary>View of a version.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="version">Number of the version.</param>
    /// <param name="view">Part of the version's views.</param>
    public static string Version(string model, long version, string view = "topics") =>
        Version(model, version.ToString(CultureInfo.InvariantCulture), view);

    /// <summary>View of a topic.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="selector">Number or label of the version.</param>
    /// <param name="topic">Number of the topic.</param>
    public static string Topic(string model, string selector, int topic) =>
        Version(model, selector, string.Create(CultureInfo.InvariantCulture, $"topics/{topic}"));

    /// <summary>Comparison of two versions of a model.</summary>
    /// <param name="model">Id of the model.</param>
    /// <param name="before">The older version.</param>
    /// <param name="after">The newer version.</param>
    public static string Compare(string model, long before, long after) =>
        string.Create(CultureInfo.InvariantCulture, $"{Model(model)}/compare?before={before}&after={after}");

    /// <summary>View of a fit or a derivation.</summary>
    /// <param name="fit">Id of the fit.</param>
    public static string Fit(string fit) => $"fits/{Uri.EscapeDataString(fit)}";
}
