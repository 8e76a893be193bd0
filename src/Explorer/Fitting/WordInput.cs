using System.Text.Json.Nodes;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Explorer.Fitting;

/// <summary>How the words of the topics are chosen, as the form shows it: the main words and further aspects.</summary>
public sealed class WordInput
{
    private const string MainName = "Main";

    /// <summary>Chain of the main words.</summary>
    public WordChain Main { get; } = new();

    /// <summary>Chains of further words for the same topics.</summary>
    public IList<WordChain> Aspects { get; } = [];

    /// <summary>Returns the value of <c>representation_model</c>; null if nothing is given.</summary>
    /// <exception cref="SettingsFileException">A name is missing or not unique, or a parameter is no value of its field.</exception>
    public JsonObject? ToNode()
    {
        if (Main.Steps.Count == 0 && Aspects.Count == 0)
        {
            return null;
        }

        JsonObject node = new() { [MainName] = Main.ToNode() };
        foreach (WordChain aspect in Aspects)
        {
            string name = aspect.Name.Trim();
            if (name.Length == 0)
            {
                throw SettingValue.Invalid("representation_model.aspects.name is empty; every aspect needs a name");
            }

            if (node.ContainsKey(name))
            {
                throw SettingValue.Invalid(name == MainName
                    ? "representation_model.aspects.name is \"Main\", the name of the main words"
                    : $"representation_model.aspects.name is \"{name}\" twice; names of aspects are unique");
            }

            node[name] = aspect.ToNode();
        }

        return node;
    }
}
