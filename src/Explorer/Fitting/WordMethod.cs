namespace TopicGrpc.Explorer.Fitting;

/// <summary>A method that chooses the words of a topic, as the contract describes it.</summary>
/// <param name="Name">Name of the class in BERTopic, such as <c>KeyBERTInspired</c>.</param>
/// <param name="Help">What the contract says about it.</param>
/// <param name="Fields">Its parameters.</param>
public sealed record WordMethod(string Name, string Help, IReadOnlyList<SettingField> Fields);
