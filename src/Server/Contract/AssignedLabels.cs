using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Contract;

/// <summary>The rule for labels that a version shall get once it is ready.</summary>
internal static class AssignedLabels
{
    private const int MaxLabels = 16;

    /// <exception cref="ServiceException">There are too many, or one is malformed.</exception>
    public static void Check(IReadOnlyCollection<string> labels)
    {
        if (labels.Count > MaxLabels)
        {
            throw Fault.InputTooLarge("assign_labels", "labels", MaxLabels, labels.Count);
        }

        foreach (string label in labels)
        {
            ResourceNames.CheckLabel(label, "assign_labels");
        }
    }
}
