using System.Globalization;
using Google.Protobuf.Reflection;

namespace TopicGrpc.Shared.Limits;

/// <summary>An enum whose values must be known.</summary>
internal sealed class EnumRule(EnumDescriptor type) : ValueRule
{
    /// <inheritdoc/>
    public override void Check(object value, CheckState state)
    {
        if (type.FindValueByNumber((int)value) is null)
        {
            string names = string.Join(", ", type.Values.Where(static known => known.Number != 0).Select(static known => known.Name));
            state.Add(string.Create(CultureInfo.InvariantCulture, $"must be one of {names}, {(int)value} given"));
        }
    }
}
