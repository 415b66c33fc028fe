namespace Orleans
{
    /// <summary>Marks a grain interface.</summary>
    public interface IGrain : Runtime.IAddressable;

    /// <summary>A grain interface whose key is a string. The only kind of key that we use.</summary>
    public interface IGrainWithStringKey : IGrain;
}

namespace Orleans.Runtime
{
    /// <summary>Anything that can be called through a reference: a grain, or the reference itself.</summary>
    public interface IAddressable;
}
